using System.Globalization;
using Kfm.Agent.Intents;
using Kfm.Gates.Decisions;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Agent.PullRequests.Focus;

/// <summary>What a summary may speak of: the facts of a record, its decision, and approvals that were counted. Nothing else is known.</summary>
public sealed class FocusRecord
{
    private const string Evidence = "evidence.json#";
    private const string IntentName = "intent.json";
    private readonly HashSet<string> _ids;

    private FocusRecord(EvidenceGraph graph, Decision decision, string? title, IReadOnlyList<FocusApproval>? approvals)
    {
        (Graph, Decision, Title, Approvals) = (graph, decision, title, approvals);
        _ids = [.. graph.Facts.Facts.Select(IdOf), .. Pointers(), .. (approvals ?? []).Select(a => a.Id)];
    }

    /// <summary>The record with both layers.</summary>
    public EvidenceGraph Graph { get; }

    /// <summary>decision.json, which the record names by its digest.</summary>
    public Decision Decision { get; }

    /// <summary>The approvals that count; null where nobody has counted, and then nothing is said of them.</summary>
    public IReadOnlyList<FocusApproval>? Approvals { get; }

    /// <summary>The title of the intent; null where the record does not vouch for it.</summary>
    internal string? Title { get; }

    /// <summary>Joins what belongs together.</summary>
    /// <param name="graph">The record with both layers.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="intent">The bytes of intent.json, or nothing; they count when the record has an artifact of this name with their digest.</param>
    /// <param name="approvals">The approvals that count, or null where nobody has counted.</param>
    /// <exception cref="FocusFormatException">The record has no decision, or names another one.</exception>
    /// <exception cref="IntentFormatException">The bytes are the intent of the record and break its format.</exception>
    public static FocusRecord Of(EvidenceGraph graph, Decision decision, ReadOnlySpan<byte> intent = default, IReadOnlyList<FocusApproval>? approvals = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(decision);
        if (graph.Decision?.Decision != decision.Digest)
        {
            throw new FocusFormatException("the decision is not the one that the record names", "/decision");
        }

        var digest = Digest.Of(intent);
        var vouched = !intent.IsEmpty && graph.Facts.Artifacts.Any(a => a.Name == IntentName && a.Digest == digest);
        return new FocusRecord(graph, decision, vouched ? IntentFile.Parse(intent).Title : null, approvals);
    }

    /// <summary>The id of a fact of the record.</summary>
    /// <param name="fact">The fact.</param>
    public static string IdOf(Fact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return Evidence + fact.ToDigest();
    }

    /// <summary>Whether the record holds the fact.</summary>
    /// <param name="id">The id.</param>
    public bool Contains(string id) => _ids.Contains(id);

    /// <summary>The id of a value of decision.json.</summary>
    internal static string Pointer(string name, string? member = null) =>
        $"{Decision.FileName}#/{name}{(member is null ? "" : "/" + member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal))}";

    /// <summary>The id of an item of a list of decision.json.</summary>
    internal static string Pointer(string name, int index) => Pointer(name, index.ToString(CultureInfo.InvariantCulture));

    private IEnumerable<string> Pointers() =>
    [
        Pointer("verdict"),
        .. Decision.Gates.Keys.Select(g => Pointer("gates", g)),
        .. Decision.Reasons.Select((_, i) => Pointer("reasons", i)),
        Pointer("required_approvals"),
        .. Decision.RequiredApprovals.Select((_, i) => Pointer("required_approvals", i)),
        .. Decision.Stewardship.Select((_, i) => Pointer("stewardship", i)),
    ];
}
