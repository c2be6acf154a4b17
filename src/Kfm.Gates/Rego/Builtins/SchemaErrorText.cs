using System.Globalization;
using Kfm.Provenance.JsonSchema;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>What a document does not meet in a schema, in the words that policies written for OPA compare with.</summary>
internal static class SchemaErrorText
{
    /// <summary>The errors that one failed keyword stands for: one a missing member, one a pair of equal items, else one.</summary>
    public static IEnumerable<RegoValue> Of(ValidationError error, RegoValue? rule, RegoValue? instance)
    {
        var keyword = error.SchemaPointer[(error.SchemaPointer.LastIndexOf('/') + 1)..];
        var pointer = error.InstancePointer;
        if (keyword == "required" && rule is RegoArray names && instance is RegoObject found)
        {
            foreach (var name in names.Items.Where(n => found.Get(n) is null))
            {
                yield return Make(pointer, "required", Text(name) + " is required");
            }
        }
        else if (keyword == "uniqueItems" && instance is RegoArray items)
        {
            foreach (var (first, second) in Pairs(items))
            {
                yield return Make(pointer, "unique", string.Create(CultureInfo.InvariantCulture, $"array items[{first},{second}] must be unique"));
            }
        }
        else if (keyword == "additionalProperties")
        {
            var slash = pointer.LastIndexOf('/');
            yield return Make(pointer[..Math.Max(0, slash)], "additional_property_not_allowed", $"Additional property {pointer[(slash + 1)..]} is not allowed");
        }
        else
        {
            yield return Make(pointer, Type(keyword), Listed(keyword, pointer, rule) ?? Words(keyword, rule, instance) ?? error.Message);
        }
    }

    private static string? Listed(string keyword, string pointer, RegoValue? rule) => (keyword, rule) switch
    {
        ("enum", RegoArray allowed) => $"{Field(pointer)} must be one of the following: {string.Join(", ", allowed.Items.Select(i => JsonOutput.Write(i)))}",
        ("const", not null) => $"{Field(pointer)} does not match: {JsonOutput.Write(rule)}",
        _ => null,
    };

    private static string? Words(string keyword, RegoValue? rule, RegoValue? instance) => keyword switch
    {
        "type" => $"Invalid type. Expected: {(rule is RegoArray types ? string.Join('/', types.Items.Select(Text)) : Text(rule))}, given: {TypeName(instance)}",
        "anyOf" => "Must validate at least one schema (anyOf)",
        "oneOf" => "Must validate one and only one schema (oneOf)",
        "allOf" => "Must validate all the schemas (allOf)",
        "not" => "Must not validate the schema (not)",
        "minItems" => $"Array must have at least {Text(rule)} items",
        "maxItems" => $"Array must have at most {Text(rule)} items",
        "contains" => "At least one of the items must match",
        "minProperties" => $"Must have at least {Text(rule)} properties",
        "maxProperties" => $"Must have at most {Text(rule)} properties",
        "minLength" => $"String length must be greater than or equal to {Text(rule)}",
        "maxLength" => $"String length must be less than or equal to {Text(rule)}",
        "pattern" => $"Does not match pattern '{Text(rule)}'",
        "format" => $"Does not match format '{Text(rule)}'",
        "multipleOf" => $"Must be a multiple of {Text(rule)}",
        "minimum" => $"Must be greater than or equal to {Text(rule)}",
        "exclusiveMinimum" => $"Must be greater than {Text(rule)}",
        "maximum" => $"Must be less than or equal to {Text(rule)}",
        "exclusiveMaximum" => $"Must be less than {Text(rule)}",
        "additionalItems" => "No additional items allowed on array",
        _ => null,
    };

    private static string Type(string keyword) => keyword switch
    {
        "type" => "invalid_type",
        "anyOf" => "number_any_of",
        "oneOf" => "number_one_of",
        "allOf" => "number_all_of",
        "not" => "number_not",
        "minItems" => "array_min_items",
        "maxItems" => "array_max_items",
        "minProperties" => "array_min_properties",
        "maxProperties" => "array_max_properties",
        "minLength" => "string_gte",
        "maxLength" => "string_lte",
        "multipleOf" => "multiple_of",
        "minimum" => "number_gte",
        "exclusiveMinimum" => "number_gt",
        "maximum" => "number_lte",
        "exclusiveMaximum" => "number_lt",
        _ => keyword,
    };

    // Each item that is equal to an earlier one, with the first that it is equal to.
    private static IEnumerable<(int First, int Second)> Pairs(RegoArray items)
    {
        var seen = new Dictionary<RegoValue, int>();
        for (var i = 0; i < items.Count; i++)
        {
            if (!seen.TryAdd(items.Items[i], i))
            {
                yield return (seen[items.Items[i]], i);
            }
        }
    }

    private static RegoObject Make(string pointer, string type, string description)
    {
        var field = Field(pointer);
        return RegoObject.Create(
        [
            new(RegoValue.Of("error"), RegoValue.Of($"{field}: {description}")),
            new(RegoValue.Of("type"), RegoValue.Of(type)),
            new(RegoValue.Of("field"), RegoValue.Of(field)),
            new(RegoValue.Of("desc"), RegoValue.Of(description)),
        ]);
    }

    private static string Field(string pointer) => pointer.Length == 0 ? "(Root)" : pointer[1..].Replace('/', '.');

    private static string Text(RegoValue? value) => value is RegoString text ? text.Text : value?.ToString() ?? "";

    private static string TypeName(RegoValue? value) => value is RegoNumber { IsInteger: true } ? "integer" : value is null ? "null" : Operand.KindName(value);
}
