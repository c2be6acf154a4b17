using System.Text.Json;
using Kfm.Provenance.Json;

namespace Kfm.Gates.Contracts;

/// <summary>What a document or data set says about its use: FAIR, CARE, sovereignty, sensitivity, jurisdiction, and what models may do with it.</summary>
/// <remarks>Values are in lower case and sorted. The policies know some of them; one that they do not know goes to the stewards.</remarks>
public sealed record DataLabels
{
    private static readonly string[] Members = ["care", "sovereignty", "sensitivity", "ai", "ai_training", "ai_focus", "fair", "jurisdiction"];

    /// <summary>The labels <c>ethics.care</c>, for example <c>public</c> or <c>restricted</c>.</summary>
    public IReadOnlyList<string> Care { get; init; } = [];

    /// <summary>The labels <c>ethics.sovereignty</c>: <c>none</c>, <c>indigenous</c>, <c>restricted</c>, <c>conflict</c>.</summary>
    public IReadOnlyList<string> Sovereignty { get; init; } = [];

    /// <summary>The labels <c>ethics.sensitivity</c>: <c>none</c>, <c>low</c>, <c>medium</c>, <c>high</c>, <c>restricted</c>.</summary>
    public IReadOnlyList<string> Sensitivity { get; init; } = [];

    /// <summary>The labels <c>ethics.ai</c>: <c>allowed</c>, <c>restricted</c> or <c>prohibited</c>.</summary>
    public IReadOnlyList<string> Ai { get; init; } = [];

    /// <summary>The labels <c>ethics.ai-training</c>: <c>allowed</c> or <c>prohibited</c>.</summary>
    public IReadOnlyList<string> AiTraining { get; init; } = [];

    /// <summary>The labels <c>ethics.ai-focus</c>, whether Focus Mode may summarise: <c>allowed</c>, <c>restricted</c> or <c>prohibited</c>.</summary>
    public IReadOnlyList<string> AiFocus { get; init; } = [];

    /// <summary>The labels <c>ethics.fair</c>, for example <c>f1-a1-i1-r1</c>.</summary>
    public IReadOnlyList<string> Fair { get; init; } = [];

    /// <summary>The labels <c>ethics.jurisdiction</c>, for example <c>kansas / united states</c>.</summary>
    public IReadOnlyList<string> Jurisdiction { get; init; } = [];

    /// <summary>What models may do and may not do at once by the words of the document: transformations that stand in both lists.</summary>
    public IReadOnlyList<string> ContradictoryTransforms { get; init; } = [];

    /// <summary>The keys of front matter that say something about the use of a document.</summary>
    public static IReadOnlySet<string> DocumentKeys { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "care_label", "indigenous_rights_flag", "sensitivity_level", "classification", "fair_category", "jurisdiction",
        "ai_training_inclusion", "ai_focusmode_usage", "ai_transform_permissions", "ai_transform_prohibited",
    };

    /// <summary>The values by the member of a sidecar that holds them; members without a value are left out.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ByMember =>
        new[] { Care, Sovereignty, Sensitivity, Ai, AiTraining, AiFocus, Fair, Jurisdiction }
            .Zip(Members).Where(m => m.First.Count > 0).ToDictionary(m => m.Second, m => m.First, StringComparer.Ordinal);

    /// <summary>All labels by the names that the record uses, sorted.</summary>
    public IEnumerable<KeyValuePair<string, string>> All =>
    [
        .. Ai.Select(value => KeyValuePair.Create("ethics.ai", value)),
        .. AiFocus.Select(value => KeyValuePair.Create("ethics.ai-focus", value)),
        .. AiTraining.Select(value => KeyValuePair.Create("ethics.ai-training", value)),
        .. Care.Select(value => KeyValuePair.Create("ethics.care", value)),
        .. Fair.Select(value => KeyValuePair.Create("ethics.fair", value)),
        .. Jurisdiction.Select(value => KeyValuePair.Create("ethics.jurisdiction", value)),
        .. Sensitivity.Select(value => KeyValuePair.Create("ethics.sensitivity", value)),
        .. Sovereignty.Select(value => KeyValuePair.Create("ethics.sovereignty", value)),
    ];

    /// <summary>Reads a sidecar: an object with the members <c>care</c>, <c>sovereignty</c>, <c>sensitivity</c>, <c>ai</c>, <c>ai_training</c>,
    /// <c>ai_focus</c>, <c>fair</c> and <c>jurisdiction</c>, each a text or an array of texts.</summary>
    /// <param name="utf8">The sidecar.</param>
    /// <exception cref="LabelFormatException">The text is not JSON, or has other members or values.</exception>
    public static DataLabels Read(ReadOnlySpan<byte> utf8)
    {
        using var document = Parse(utf8);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || root.EnumerateObject().Any(m => !Members.Contains(m.Name, StringComparer.Ordinal)))
        {
            throw new LabelFormatException("The sidecar is not an object with the members " + string.Join(", ", Members) + " only.", 0);
        }

        return new DataLabels
        {
            Care = Values(root, "care"),
            Sovereignty = Values(root, "sovereignty"),
            Sensitivity = Values(root, "sensitivity"),
            Ai = Values(root, "ai"),
            AiTraining = Values(root, "ai_training"),
            AiFocus = Values(root, "ai_focus"),
            Fair = Values(root, "fair"),
            Jurisdiction = Values(root, "jurisdiction"),
        };
    }

    /// <summary>Reads the labels of front matter, from the <see cref="DocumentKeys"/>.</summary>
    /// <param name="flags">What <see cref="FrontMatter.Read"/> gave; other keys say nothing about the use.</param>
    /// <exception cref="LabelFormatException"><c>indigenous_rights_flag</c> or <c>ai_training_inclusion</c> is neither true nor false.</exception>
    public static DataLabels FromFrontMatter(IReadOnlyDictionary<string, IReadOnlyList<string>> flags)
    {
        ArgumentNullException.ThrowIfNull(flags);
        var restricted = flags.GetValueOrDefault("classification", []).Select(Word).Where(value => value is "restricted" or "confidential").Select(_ => "restricted");
        var (permitted, prohibited) = (Words(flags, "ai_transform_permissions"), Words(flags, "ai_transform_prohibited"));
        return new DataLabels
        {
            Care = Sorted(flags.GetValueOrDefault("care_label", []).Select(Word)),
            Sovereignty = flags.TryGetValue("indigenous_rights_flag", out var rights) && rights.Any(r => IsTrue("indigenous_rights_flag", r)) ? ["indigenous"] : [],
            Sensitivity = Sorted(flags.GetValueOrDefault("sensitivity_level", []).Select(Word).Concat(restricted)),
            Ai = prohibited.Contains("content-alteration") ? ["prohibited"] : [],
            AiTraining = Sorted(flags.GetValueOrDefault("ai_training_inclusion", []).Select(v => IsTrue("ai_training_inclusion", v) ? "allowed" : "prohibited")),
            AiFocus = Sorted(flags.GetValueOrDefault("ai_focusmode_usage", []).Select(Usage)),
            Fair = Words(flags, "fair_category"),
            Jurisdiction = Words(flags, "jurisdiction"),
            ContradictoryTransforms = [.. permitted.Intersect(prohibited, StringComparer.Ordinal)],
        };
    }

    private static string[] Words(IReadOnlyDictionary<string, IReadOnlyList<string>> flags, string key) => Sorted(flags.GetValueOrDefault(key, []).Select(Word));

    private static bool IsTrue(string key, string flag) => flag.ToLowerInvariant() switch
    {
        "true" => true,
        "false" => false,
        _ => throw new LabelFormatException($"{key} is neither true nor false.", 0),
    };

    // 'Allowed with restrictions' is not simply allowed; a text that says neither stands for itself, and nobody takes it for a permission.
    private static string Usage(string value) => Word(value) switch
    {
        "allowed" => "allowed",
        "prohibited" or "forbidden" or "not allowed" => "prohibited",
        var word when word.Contains("restrict", StringComparison.Ordinal) => "restricted",
        var word => word,
    };

    // 'Public · Low-Risk' says public first; what follows is for people.
    private static string Word(string value) => value.Split('·')[0].Trim().ToLowerInvariant();

    private static string[] Sorted(IEnumerable<string> values) => [.. values.Where(v => v.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static JsonDocument Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonDocument.Parse(CanonicalJson.Canonicalize(utf8));
        }
        catch (JsonFormatException e)
        {
            throw new LabelFormatException("The sidecar is not JSON: " + e.Message, 0);
        }
    }

    private static string[] Values(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var value))
        {
            return [];
        }

        JsonElement[] items = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        return Array.TrueForAll(items, item => item.ValueKind == JsonValueKind.String)
            ? Sorted(items.Select(item => Word(item.GetString()!)))
            : throw new LabelFormatException($"The member '{name}' is neither a text nor an array of texts.", 0);
    }
}
