using System.Text.Json;
using static Kfm.Provenance.JsonSchema.SchemaDialect;

namespace Kfm.Provenance.JsonSchema;

/// <summary>Every keyword that asserts or applies, by dialect. A keyword that is not here is an annotation.</summary>
internal static class KeywordTable
{
    private static readonly Dictionary<string, KeywordRule> Rules = new(StringComparer.Ordinal)
    {
        ["$ref"] = Applies(ReferenceKeywords.Ref),
        ["$dynamicRef"] = Applies(ReferenceKeywords.DynamicRef, Draft202012),
        ["$recursiveRef"] = Applies(ReferenceKeywords.RecursiveRef, Draft201909, Draft201909),
        ["$defs"] = Applies(ReferenceKeywords.Definitions, Draft201909),
        ["definitions"] = Applies(ReferenceKeywords.Definitions),
        ["allOf"] = Applies(LogicKeywords.AllOf),
        ["anyOf"] = Applies(LogicKeywords.AnyOf),
        ["oneOf"] = Applies(LogicKeywords.OneOf),
        ["not"] = Applies(LogicKeywords.Not),
        ["if"] = Applies(LogicKeywords.If, Draft7),
        ["then"] = Applies(LogicKeywords.Branch, Draft7),
        ["else"] = Applies(LogicKeywords.Branch, Draft7),
        ["properties"] = Applies(ObjectKeywords.Properties),
        ["patternProperties"] = Applies(ObjectKeywords.PatternProperties),
        ["additionalProperties"] = Applies(ObjectKeywords.AdditionalProperties),
        ["propertyNames"] = Applies(ObjectKeywords.PropertyNames, Draft6),
        ["dependentSchemas"] = Applies(ObjectKeywords.DependentSchemas, Draft201909),
        ["dependencies"] = Applies(ObjectKeywords.Dependencies),
        ["prefixItems"] = Applies(ArrayKeywords.PrefixItems, Draft202012),
        ["items"] = Applies(ArrayKeywords.Items),
        ["additionalItems"] = Applies(ArrayKeywords.AdditionalItems, Draft4, Draft201909),
        ["contains"] = Applies(ArrayKeywords.Contains, Draft6),
        ["unevaluatedItems"] = Applies(ArrayKeywords.UnevaluatedItems, Draft201909, order: 2),
        ["unevaluatedProperties"] = Applies(ObjectKeywords.UnevaluatedProperties, Draft201909, order: 2),
        ["type"] = Validates(ValueKeywords.Type),
        ["enum"] = Validates(ValueKeywords.Enum),
        ["const"] = Validates(ValueKeywords.Const, Draft6),
        ["minimum"] = Validates(NumberKeywords.Minimum),
        ["maximum"] = Validates(NumberKeywords.Maximum),
        ["exclusiveMinimum"] = Validates(NumberKeywords.ExclusiveMinimum),
        ["exclusiveMaximum"] = Validates(NumberKeywords.ExclusiveMaximum),
        ["multipleOf"] = Validates(NumberKeywords.MultipleOf),
        ["minLength"] = Validates(StringKeywords.MinLength),
        ["maxLength"] = Validates(StringKeywords.MaxLength),
        ["pattern"] = Validates(StringKeywords.Pattern),
        ["minItems"] = Validates(ArrayKeywords.MinItems),
        ["maxItems"] = Validates(ArrayKeywords.MaxItems),
        ["uniqueItems"] = Validates(ArrayKeywords.UniqueItems),
        ["minContains"] = Validates(ArrayKeywords.ContainsBound, Draft201909),
        ["maxContains"] = Validates(ArrayKeywords.ContainsBound, Draft201909),
        ["minProperties"] = Validates(ObjectKeywords.MinProperties),
        ["maxProperties"] = Validates(ObjectKeywords.MaxProperties),
        ["required"] = Validates(ObjectKeywords.Required),
        ["dependentRequired"] = Validates(ObjectKeywords.DependentRequired, Draft201909),
        ["format"] = Applies(FormatKeyword.Format),
    };

    public static IEnumerable<(KeywordRule Rule, JsonProperty Member)> For(JsonElement schema, Dialect dialect)
    {
        if (dialect.RefHidesSiblings && schema.TryGetProperty("$ref", out var reference) && reference.ValueKind == JsonValueKind.String)
        {
            return schema.EnumerateObject().Where(m => m.Name is "$ref" or "definitions").Select(m => (Rules[m.Name], m)).OrderBy(e => e.Item2.Name, StringComparer.Ordinal);
        }

        return schema.EnumerateObject()
            .Where(m => Rules.TryGetValue(m.Name, out var rule) && rule.First <= dialect.Version && dialect.Version <= rule.Last && (dialect.Validation || !rule.Validation))
            .Select(m => (Rule: Rules[m.Name], Member: m))
            .OrderBy(e => e.Rule.Order);
    }

    private static KeywordRule Applies(Func<KeywordSite, KeywordCheck?> compile, SchemaDialect first = Draft4, SchemaDialect last = Draft202012, int order = 1) =>
        new(order, false, compile, first, last);

    private static KeywordRule Validates(Func<KeywordSite, KeywordCheck?> compile, SchemaDialect first = Draft4) =>
        new(0, true, compile, first, Draft202012);
}
