using System.Text.Json;
using Kfm.Provenance.Json;

namespace Kfm.Gates.Contracts;

/// <summary>What a document or data set says about its use: CARE, sovereignty, sensitivity, and what models may do with it.</summary>
/// <remarks>Values are in lower case and sorted. The policies know some of them; one that they do not know goes to the stewards.</remarks>
public sealed record DataLabels
{
    private static readonly string[] Members = ["care", "sovereignty", "sensitivity", "ai"];

    /// <summary>The labels <c>ethics.care</c>, for example <c>public</c> or <c>restricted</c>.</summary>
    public IReadOnlyList<string> Care { get; init; } = [];

    /// <summary>The labels <c>ethics.sovereignty</c>: <c>none</c>, <c>indigenous</c>, <c>restricted</c>, <c>conflict</c>.</summary>
    public IReadOnlyList<string> Sovereignty { get; init; } = [];

    /// <summary>The labels <c>ethics.sensitivity</c>: <c>none</c>, <c>low</c>, <c>medium</c>, <c>high</c>, <c>restricted</c>.</summary>
    public IReadOnlyList<string> Sensitivity { get; init; } = [];

    /// <summary>The labels <c>ethics.ai</c>: <c>allowed</c>, <c>restricted</c> or <c>prohibited</c>.</summary>
    public IReadOnlyList<string> Ai { get; init; } = [];

    /// <summary>All labels by the names that the record uses, sorted.</summary>
    public IEnumerable<KeyValuePair<string, string>> All =>
    [
        .. Ai.Select(value => KeyValuePair.Create("ethics.ai", value)),
        .. Care.Select(value => KeyValuePair.Create("ethics.care", value)),
        .. Sensitivity.Select(value => KeyValuePair.Create("ethics.sensitivity", value)),
        .. Sovereignty.Select(value => KeyValuePair.Create("ethics.sovereignty", value)),
    ];

    /// <summary>Reads a sidecar: an object with the members <c>care</c>, <c>sovereignty</c>, <c>sensitivity</c> and <c>ai</c>, each a text or an array of texts.</summary>
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
        };
    }

    /// <summary>Reads the labels of front matter: care_label, indigenous_rights_flag, sensitivity_level, classification, ai_transform_prohibited.</summary>
    /// <param name="flags">What <see cref="FrontMatter.Read"/> gave; other keys say nothing about the use.</param>
    /// <exception cref="LabelFormatException"><c>indigenous_rights_flag</c> is neither true nor false.</exception>
    public static DataLabels FromFrontMatter(IReadOnlyDictionary<string, IReadOnlyList<string>> flags)
    {
        ArgumentNullException.ThrowIfNull(flags);
        var restricted = flags.GetValueOrDefault("classification", []).Select(Word).Where(value => value is "restricted" or "confidential").Select(_ => "restricted");
        return new DataLabels
        {
            Care = Sorted(flags.GetValueOrDefault("care_label", []).Select(Word)),
            Sovereignty = flags.TryGetValue("indigenous_rights_flag", out var rights) && rights.Any(IsTrue) ? ["indigenous"] : [],
            Sensitivity = Sorted(flags.GetValueOrDefault("sensitivity_level", []).Select(Word).Concat(restricted)),
            Ai = Sorted(flags.GetValueOrDefault("ai_transform_prohibited", []).Where(value => Word(value) is "content-alteration").Select(_ => "prohibited")),
        };
    }

    private static bool IsTrue(string flag) => flag switch
    {
        "true" => true,
        "false" => false,
        _ => throw new LabelFormatException("indigenous_rights_flag is neither true nor false.", 0),
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
