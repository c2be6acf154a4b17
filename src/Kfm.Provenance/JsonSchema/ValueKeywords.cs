using System.Text.Json;

namespace Kfm.Provenance.JsonSchema;

/// <summary>Assertions on any value (2020-12 Validation, section 6.1).</summary>
internal static class ValueKeywords
{
    private static readonly string[] Types = ["null", "boolean", "object", "array", "number", "integer", "string"];

    public static KeywordCheck Type(KeywordSite site)
    {
        var names = site.Value.ValueKind == JsonValueKind.String ? [site.Text()] : site.Names();
        if (names.Length == 0 || names.Except(Types, StringComparer.Ordinal).Any())
        {
            throw site.Error("The value is not one of the types " + string.Join(", ", Types) + " or an array of them.");
        }

        var location = site.Location;
        var literalIntegers = site.Version == SchemaDialect.Draft4;
        var message = "The value is not of type " + string.Join(" or ", names) + ".";
        return (run, instance, _) => names.Any(name => HasType(instance, name, literalIntegers)) || run.Fail(location, message);
    }

    private static bool HasType(JsonElement value, string type, bool literalIntegers) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        _ => value.ValueKind == JsonValueKind.Number && (literalIntegers
            ? value.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0
            : JsonNumber.Parse(value).IsInteger),
    };

    public static KeywordCheck Enum(KeywordSite site)
    {
        if (site.Value.ValueKind != JsonValueKind.Array)
        {
            throw site.Error("The value is not an array.");
        }

        var values = site.Value.EnumerateArray().ToHashSet(JsonEquality.Instance);
        var location = site.Location;
        return (run, instance, _) => values.Contains(instance) || run.Fail(location, "The value is not one of the listed values.");
    }

    public static KeywordCheck Const(KeywordSite site)
    {
        var value = site.Value;
        var location = site.Location;
        return (run, instance, _) => JsonEquality.Instance.Equals(value, instance) || run.Fail(location, "The value is not the required constant.");
    }
}
