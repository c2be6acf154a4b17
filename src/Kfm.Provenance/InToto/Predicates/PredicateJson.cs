using System.Text.Json.Nodes;
using Kfm.Provenance.Json;
using Kfm.Provenance.JsonSchema;

namespace Kfm.Provenance.InToto.Predicates;

/// <summary>What the readers and writers of predicates share.</summary>
internal static class PredicateJson
{
    public static string? Text(this JsonCursor json, string name) => Present(json, name)?.Text();

    /// <summary>A text that must be there and not be empty.</summary>
    public static string Required(this JsonCursor json, string name) =>
        json.Member(name) is var member && member.Text() is { Length: > 0 } text ? text : throw member.Error("the text is empty");

    /// <summary>An RFC 3339 time, kept as it is written.</summary>
    public static string Time(this JsonCursor json, string name) =>
        json.Member(name) is var member && TimeFormats.IsDateTime(member.Text()) ? member.Text() : throw member.Error("an RFC 3339 time is expected");

    public static string? OptionalTime(this JsonCursor json, string name) => Present(json, name) is null ? null : json.Time(name);

    public static string Word(this JsonCursor json, string name, params ReadOnlySpan<string> words)
    {
        var text = json.Required(name);
        return words.Contains(text) ? text : throw json.Member(name).Error($"one of {string.Join(", ", words.ToArray())} is expected");
    }

    /// <summary>The texts of a list, or null when there is none: an empty list is not the same.</summary>
    public static IReadOnlyList<string>? Texts(this JsonCursor json, string name) => json.List(name, i => i.Text());

    public static IReadOnlyList<T>? List<T>(this JsonCursor json, string name, Func<JsonCursor, T> read) => Present(json, name)?.Items().Select(read).ToList();

    public static IReadOnlyList<ResourceDescriptor>? Descriptors(this JsonCursor json, string name, StatementRules rules) =>
        json.List(name, d => StatementReader.Descriptor(d, rules));

    public static ResourceDescriptor? Descriptor(this JsonCursor json, string name, StatementRules rules) =>
        Present(json, name) is { } member ? StatementReader.Descriptor(member, rules) : null;

    public static JsonObject? Object(this JsonCursor json, string name) => Present(json, name) is { } member
        ? member.IsObject ? JsonNode.Parse(member.ToString())!.AsObject() : throw member.Error("an object is expected")
        : null;

    public static IReadOnlyDictionary<string, string> Map(this JsonCursor json, string name)
    {
        var map = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in Present(json, name)?.Members() ?? [])
        {
            map[key] = value.Text();
        }

        return map;
    }

    /// <summary>The member, unless it is missing or null.</summary>
    public static JsonCursor? Present(this JsonCursor json, string name) => json.Optional(name) is { IsNull: false } member ? member : null;

    public static JsonObject With(this JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value.Parent is null ? value : value.DeepClone();
        }

        return json;
    }

    /// <summary>Adds a list when there is one.</summary>
    public static JsonObject WithList<T>(this JsonObject json, string name, IReadOnlyList<T>? items, Func<T, JsonNode?> write)
    {
        if (items is not null)
        {
            json[name] = new JsonArray([.. items.Select(write)]);
        }

        return json;
    }

    public static JsonObject WithTexts(this JsonObject json, string name, IReadOnlyList<string>? items) => json.WithList(name, items, i => i);

    public static JsonObject WithMap(this JsonObject json, string name, IReadOnlyDictionary<string, string> map)
    {
        if (map.Count > 0)
        {
            json[name] = new JsonObject(map.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Value)));
        }

        return json;
    }

    public static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode?> write) => new([.. items.Select(write)]);
}
