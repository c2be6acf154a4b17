using System.Text.Json;
using System.Text.Json.Nodes;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Gates.Decisions;

/// <summary>decision.json: what the gate decided, why, from which input and by which policies.</summary>
/// <remarks>The format is described by schemas/decision-v1.schema.json.</remarks>
public sealed record Decision
{
    /// <summary>The version of decision.json that this version writes and reads.</summary>
    public const int FormatVersion = 1;

    /// <summary>The path of the file below the bundle.</summary>
    public const string FileName = "decision.json";

    /// <summary>The gates that every decision names, sorted.</summary>
    public static readonly IReadOnlyList<string> GateNames = ["autonomy", "contract", "data_quality", "ethics", "lineage", "ops", "security"];

    internal Decision(Verdict verdict, IReadOnlyDictionary<string, bool> gates, IEnumerable<string> reasons, GateContext context, Digest policySet)
        : this(verdict, gates, Sorted(reasons), policySet, context.Digest, context.EvidenceRoot, context.Time)
    {
    }

    private Decision(Verdict verdict, IReadOnlyDictionary<string, bool> gates, FactList<string> reasons, Digest policySet, Digest input, Digest evidenceRoot, DateTimeOffset time)
    {
        Verdict = verdict;
        Gates = gates;
        Reasons = reasons;
        PolicySet = policySet;
        Input = input;
        EvidenceRoot = evidenceRoot;
        Time = time;
    }

    /// <summary>What was decided.</summary>
    public Verdict Verdict { get; private init; }

    /// <summary>Whether nothing is missing: the verdict is <see cref="Verdict.Allow"/>.</summary>
    public bool Allow => Verdict == Verdict.Allow;

    /// <summary>Each gate and whether it passed; at least <see cref="GateNames"/>.</summary>
    public IReadOnlyDictionary<string, bool> Gates { get; private init; }

    /// <summary>Why, sorted, ordinal, without duplicates; never empty.</summary>
    public FactList<string> Reasons { get; private init; }

    /// <summary>
    /// The roles that must approve, sorted; what they would be also when the policies denied. The shipped policies name none where a stage did not run
    /// or no tier is known: there is nothing to approve yet.
    /// </summary>
    public FactList<string> RequiredApprovals { get; internal init; } = [];

    /// <summary>Why a stewardship review is needed, sorted; what it would be also when the policies denied.</summary>
    public FactList<string> Stewardship { get; internal init; } = [];

    /// <summary>The digest of the policies that decided.</summary>
    public Digest PolicySet { get; }

    /// <summary>The digest of context.json.</summary>
    public Digest Input { get; }

    /// <summary>The root of layer 1 of the record.</summary>
    public Digest EvidenceRoot { get; }

    /// <summary>The time of the input: when the gate run started.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The digest of decision.json.</summary>
    public Digest Digest => Digest.Of(ToJson());

    /// <summary>The same decision turned to deny, because of what was found after the policies had answered.</summary>
    /// <param name="reasons">Why, at least one.</param>
    /// <exception cref="ArgumentException">There is no reason.</exception>
    public Decision Denied(params IEnumerable<string> reasons)
    {
        ArgumentNullException.ThrowIfNull(reasons);
        string[] added = [.. reasons];
        return added.Length == 0
            ? throw new ArgumentException("A denial has a reason.", nameof(reasons))
            : this with { Verdict = Verdict.Deny, Reasons = Sorted(Reasons.Concat(added)), RequiredApprovals = [], Stewardship = [] };
    }

    /// <summary>The bytes of decision.json: RFC 8785 and a newline.</summary>
    public byte[] ToJson() => CanonicalFile.Write(new JsonObject
    {
        ["formatVersion"] = FormatVersion,
        ["verdict"] = ContextWords.Of(Verdict),
        ["allow"] = Allow,
        ["gates"] = new JsonObject(Gates.Select(gate => KeyValuePair.Create(gate.Key, (JsonNode?)(gate.Value ? "pass" : "fail")))),
        ["reasons"] = CanonicalFile.ToArray(Reasons),
        ["required_approvals"] = CanonicalFile.ToArray(RequiredApprovals),
        ["stewardship"] = CanonicalFile.ToArray(Stewardship),
        ["policySet"] = PolicySet.ToString(),
        ["input"] = Input.ToString(),
        ["evidenceRoot"] = EvidenceRoot.ToString(),
        ["time"] = EvidenceTime.Format(Time),
    });

    /// <summary>Reads decision.json.</summary>
    /// <param name="utf8">The bytes of the file.</param>
    /// <exception cref="DecisionFormatException">The text is not canonical, of another version or shape, not sorted, or it contradicts itself.</exception>
    public static Decision Parse(ReadOnlySpan<byte> utf8)
    {
        var root = CanonicalFile.Read(utf8, PublishedSchemas.Decision, (message, pointer) => new DecisionFormatException(message, pointer));
        var gates = root.GetProperty("gates").EnumerateObject()
            .ToDictionary(gate => gate.Name, gate => gate.Value.GetString() is "pass", StringComparer.Ordinal);
        var decision = new Decision(
            ContextWords.Read<Verdict>(root.Text("verdict")),
            gates,
            SortedTexts(root, "reasons"),
            Digest.Parse(root.Text("policySet")),
            Digest.Parse(root.Text("input")),
            Digest.Parse(root.Text("evidenceRoot")),
            EvidenceTime.TryParse(root.Text("time"), out var time) ? time : throw new DecisionFormatException("the time does not exist", "/time"))
        {
            RequiredApprovals = SortedTexts(root, "required_approvals"),
            Stewardship = SortedTexts(root, "stewardship"),
        };
        return root.GetProperty("allow").GetBoolean() != decision.Allow
            ? throw new DecisionFormatException("allow contradicts the verdict", "/allow")
            : decision.Contradiction() is { } problem ? throw new DecisionFormatException(problem, "/verdict") : decision;
    }

    /// <summary>What the decision claims, for the consistency gate.</summary>
    public DocumentFacts ToDocumentFacts() => new(FileName, EvidenceRoot)
    {
        Layer = 1,
        RootPointer = "/evidenceRoot",
        Decision = new DecisionClaim { Verdict = Verdict, Reasons = Reasons, PolicySet = PolicySet, Input = Input, Decision = Digest },
    };

    /// <summary>Where the members do not fit together; null when they do. A denial may be more than the gates say, never less.</summary>
    internal string? Contradiction()
    {
        var failed = Gates.Values.Any(passed => !passed);
        var pending = RequiredApprovals.Count + Stewardship.Count > 0;
        return Verdict switch
        {
            _ when GateNames.Any(name => !Gates.ContainsKey(name)) => "a gate is missing",
            _ when Reasons.Count == 0 => "there is no reason",
            Verdict.Allow when failed || pending => "it allows although a gate failed or a review is missing",
            Verdict.Review when failed || !pending => "it asks for a review although a gate failed or nothing is missing",
            _ => null,
        };
    }

    internal static FactList<string> Sorted(IEnumerable<string> texts) =>
        FactListBuilder.Create<string>([.. texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    private static FactList<string> SortedTexts(JsonElement root, string name)
    {
        var texts = root.Texts(name);
        var sorted = Sorted(texts);
        return sorted.SequenceEqual(texts, StringComparer.Ordinal) ? sorted : throw new DecisionFormatException("the texts are not sorted", "/" + name);
    }
}
