using System.Text.Json;
using Kfm.Gates.Packs;

namespace Kfm.Gates.Architecture;

/// <summary>Layers and restricted imports of the architecture pack, held against what code uses.</summary>
public sealed class ArchitectureRules
{
    private readonly Layer[] _layers;
    private readonly Restriction[] _restrictions;

    /// <summary>Takes the rules of a pack.</summary>
    /// <param name="pack">The architecture pack.</param>
    public ArchitectureRules(PolicyPack pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        _layers = [.. pack.Rule("layers").GetProperty("layers").EnumerateArray().Select(layer => new Layer(layer.GetProperty("name").GetString()!, Texts(layer, "members"), Texts(layer, "uses")))];
        _restrictions = [.. pack.Rule("imports").GetProperty("restrictions").EnumerateArray().Select(r => new Restriction(Texts(r, "from"), Texts(r, "forbidden"), Texts(r, "except")))];
    }

    /// <summary>Whether the pack names neither layers nor restrictions.</summary>
    public bool IsEmpty => _layers.Length == 0 && _restrictions.Length == 0;

    /// <summary>The references from one layer to another that it may not use, a sentence each, ordinal.</summary>
    /// <param name="references">What code uses.</param>
    public IReadOnlyList<string> LayerBreaches(IEnumerable<CodeReference> references)
    {
        ArgumentNullException.ThrowIfNull(references);
        return Sentences(references.Select(r => (Reference: r, From: LayerOf(r.From), To: LayerOf(r.To)))
            .Where(r => r.From is not null && r.To is not null && r.From != r.To && !r.From.Uses.Contains(r.To.Name, StringComparer.Ordinal))
            .Select(r => $"{r.Reference.Place}: {r.From!.Name} uses {r.To!.Name} ({r.Reference.From} uses {r.Reference.To})"));
    }

    /// <summary>The references that a restriction forbids, a sentence each, ordinal.</summary>
    /// <param name="references">What code uses.</param>
    public IReadOnlyList<string> ImportBreaches(IEnumerable<CodeReference> references)
    {
        ArgumentNullException.ThrowIfNull(references);
        return Sentences(references
            .Where(r => Array.Exists(_restrictions, rule => Named(rule.From, r.From) && Named(rule.Forbidden, r.To) && !Named(rule.Except, r.To)))
            .Select(r => $"{r.Place}: {r.From} uses {r.To}"));
    }

    // A member that says more about a name wins, so that a folder of a layer may be another layer.
    private Layer? LayerOf(string name) => _layers
        .Select(layer => (Layer: layer, Length: layer.Members.Max(member => DottedName.Match(member, name))))
        .Where(found => found.Length >= 0)
        .OrderByDescending(found => found.Length)
        .Select(found => found.Layer)
        .FirstOrDefault();

    private static bool Named(string[] patterns, string name) => Array.Exists(patterns, pattern => DottedName.Match(pattern, name) >= 0);

    private static string[] Sentences(IEnumerable<string> sentences) => [.. sentences.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string[] Texts(JsonElement element, string name) =>
        element.TryGetProperty(name, out var texts) ? [.. texts.EnumerateArray().Select(text => text.GetString()!)] : [];

    private sealed record Layer(string Name, string[] Members, string[] Uses);

    private sealed record Restriction(string[] From, string[] Forbidden, string[] Except);
}
