using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kfm.Gates.Packs;

/// <summary>One pack as it holds: the file of the repository over the shipped one.</summary>
public sealed class PolicyPack
{
    private static readonly string[] Fixed = ["consent", "provenance", "secrets", "sovereignty"];
    private readonly JsonObject _value;

    private PolicyPack(string name, bool isShipped, JsonObject value) => (Name, IsShipped, _value) = (name, isShipped, value);

    /// <summary>The name: <c>architecture</c>, <c>licensing</c>, <c>performance</c>, <c>quality</c> or <c>security</c>.</summary>
    public string Name { get; }

    /// <summary>Whether the repository has no file of its own for it.</summary>
    public bool IsShipped { get; }

    /// <summary>The rules by name, ordinal.</summary>
    public IReadOnlyList<PackRule> Rules =>
    [
        .. _value["rules"]!.AsObject()
            .OrderBy(rule => rule.Key, StringComparer.Ordinal)
            .Select(rule => new PackRule(rule.Key, ModeOf(rule.Value!), Fixed.Contains(rule.Key, StringComparer.Ordinal))),
    ];

    /// <summary>The gates that a pack names and their modes, ordinal by name; only the quality pack has some.</summary>
    public IReadOnlyList<KeyValuePair<string, PackMode>> Gates =>
    [
        .. (_value["gates"] as JsonObject ?? []).OrderBy(gate => gate.Key, StringComparer.Ordinal).Select(gate => KeyValuePair.Create(gate.Key, Word(gate.Value!))),
    ];

    /// <summary>The settings of a rule with its mode.</summary>
    /// <param name="name">The name of a rule of the pack.</param>
    /// <exception cref="ArgumentException">The pack has no such rule.</exception>
    public JsonElement Rule(string name) => _value["rules"]![name] is { } rule
        ? ToElement(rule)
        : throw new ArgumentException($"The pack {Name} has no rule '{name}'.", nameof(name));

    /// <summary>The pack as JSON: <c>{"gates": {…}, "rules": {"name": {"mode": …, …}}}</c>, every mode given.</summary>
    internal string ToJson() => _value.ToJsonString();

    /// <summary>Lays a file over the shipped pack: members of a rule that the file does not give are the shipped ones.</summary>
    internal static PolicyPack Of(string name, JsonObject shipped, JsonObject? file)
    {
        var rules = new JsonObject();
        foreach (var (rule, settings) in shipped["rules"]!.AsObject())
        {
            var own = file?["rules"]?[rule] as JsonObject ?? [];
            var merged = Over(settings!.AsObject(), own);
            merged["mode"] = (Fixed.Contains(rule, StringComparer.Ordinal) ? "enforce" : own["mode"] ?? file?["mode"] ?? settings["mode"] ?? shipped["mode"])!.ToString();
            rules[rule] = merged;
        }

        var value = new JsonObject { ["rules"] = rules };
        if (shipped["gates"] is JsonObject gates)
        {
            value["gates"] = Over(gates, file?["gates"] as JsonObject ?? []);
        }

        return new PolicyPack(name, file is null, value);
    }

    private static JsonObject Over(JsonObject shipped, JsonObject own)
    {
        var merged = (JsonObject)shipped.DeepClone();
        foreach (var (name, value) in own)
        {
            merged[name] = value?.DeepClone();
        }

        return merged;
    }

    private static PackMode ModeOf(JsonNode rule) => Word(rule["mode"]!);

    private static PackMode Word(JsonNode word) => word.ToString() is "warn" ? PackMode.Warn : PackMode.Enforce;

    private static JsonElement ToElement(JsonNode node)
    {
        using var document = JsonDocument.Parse(node.ToJsonString());
        return document.RootElement.Clone();
    }
}
