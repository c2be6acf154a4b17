using System.Text.Json;

namespace Kfm.Provenance.JsonSchema;

/// <summary>Assertions on numbers, exact in decimal (2020-12 Validation, section 6.2).</summary>
internal static class NumberKeywords
{
    public static KeywordCheck Minimum(KeywordSite site) => IsExclusive(site, "exclusiveMinimum")
        ? Bound(site, order => order > 0, "greater than")
        : Bound(site, order => order >= 0, "at least");

    public static KeywordCheck Maximum(KeywordSite site) => IsExclusive(site, "exclusiveMaximum")
        ? Bound(site, order => order < 0, "less than")
        : Bound(site, order => order <= 0, "at most");

    public static KeywordCheck? ExclusiveMinimum(KeywordSite site) => Exclusive(site, order => order > 0, "greater than");

    public static KeywordCheck? ExclusiveMaximum(KeywordSite site) => Exclusive(site, order => order < 0, "less than");

    public static KeywordCheck MultipleOf(KeywordSite site)
    {
        var divisor = site.Number();
        if (divisor.Mantissa.Sign <= 0)
        {
            throw site.Error("The value is not greater than zero.");
        }

        var location = site.Location;
        var message = $"The number is not a multiple of {site.Value.GetRawText()}.";
        return (run, instance, _) => instance.ValueKind != JsonValueKind.Number || JsonNumber.Parse(instance).IsMultipleOf(divisor) || run.Fail(location, message);
    }

    // In draft 4 the exclusive keywords are booleans that change minimum and maximum.
    private static bool IsExclusive(KeywordSite site, string name) =>
        site.Version == SchemaDialect.Draft4 && site.Sibling(name) is { ValueKind: JsonValueKind.True };

    private static KeywordCheck? Exclusive(KeywordSite site, Func<int, bool> holds, string words)
    {
        if (site.Version == SchemaDialect.Draft4)
        {
            site.Flag();
            return null;
        }

        return Bound(site, holds, words);
    }

    private static KeywordCheck Bound(KeywordSite site, Func<int, bool> holds, string words)
    {
        var bound = site.Number();
        var location = site.Location;
        var message = $"The number is not {words} {site.Value.GetRawText()}.";
        return (run, instance, _) => instance.ValueKind != JsonValueKind.Number || holds(JsonNumber.Parse(instance).Order(bound)) || run.Fail(location, message);
    }
}
