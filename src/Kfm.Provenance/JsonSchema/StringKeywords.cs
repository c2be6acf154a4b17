using System.Text.Json;

namespace Kfm.Provenance.JsonSchema;

/// <summary>Assertions on strings; lengths count code points (2020-12 Validation, section 6.3).</summary>
internal static class StringKeywords
{
    public static KeywordCheck MinLength(KeywordSite site)
    {
        var least = site.Count();
        var location = site.Location;
        return (run, instance, _) => instance.ValueKind != JsonValueKind.String || Length(instance) >= least
            || run.Fail(location, $"The string is shorter than {least} characters.");
    }

    public static KeywordCheck MaxLength(KeywordSite site)
    {
        var most = site.Count();
        var location = site.Location;
        return (run, instance, _) => instance.ValueKind != JsonValueKind.String || Length(instance) <= most
            || run.Fail(location, $"The string is longer than {most} characters.");
    }

    public static KeywordCheck Pattern(KeywordSite site)
    {
        var source = site.Text();
        var pattern = EcmaPattern.Compile(source, site.Location);
        var location = site.Location;
        return (run, instance, _) => instance.ValueKind != JsonValueKind.String || pattern.IsMatch(instance.GetString()!)
            || run.Fail(location, $"The string does not match the pattern {source}");
    }

    private static int Length(JsonElement text)
    {
        var count = 0;
        foreach (var c in text.GetString()!)
        {
            count += char.IsLowSurrogate(c) ? 0 : 1;
        }

        return count;
    }
}
