using System.Text.Json;

namespace Kfm.Provenance.JsonSchema;

/// <summary>The keyword <c>format</c> (2020-12 Validation, section 7): an annotation unless the options or the meta-schema ask for assertion.</summary>
internal static class FormatKeyword
{
    private static readonly Dictionary<string, (Func<string, bool> Check, SchemaDialect First)> Formats = new(StringComparer.Ordinal)
    {
        ["date-time"] = (TimeFormats.IsDateTime, SchemaDialect.Draft4),
        ["date"] = (TimeFormats.IsDate, SchemaDialect.Draft7),
        ["time"] = (TimeFormats.IsTime, SchemaDialect.Draft7),
        ["duration"] = (TimeFormats.IsDuration, SchemaDialect.Draft201909),
        ["email"] = (NameFormats.IsEmail, SchemaDialect.Draft4),
        ["idn-email"] = (NameFormats.IsInternationalEmail, SchemaDialect.Draft7),
        ["hostname"] = (NameFormats.IsHostname, SchemaDialect.Draft4),
        ["ipv4"] = (AddressFormats.IsIPv4, SchemaDialect.Draft4),
        ["ipv6"] = (AddressFormats.IsIPv6, SchemaDialect.Draft4),
        ["uri"] = (UriFormats.IsUri, SchemaDialect.Draft4),
        ["uri-reference"] = (UriFormats.IsUriReference, SchemaDialect.Draft6),
        ["iri"] = (UriFormats.IsIri, SchemaDialect.Draft7),
        ["iri-reference"] = (UriFormats.IsIriReference, SchemaDialect.Draft7),
        ["uri-template"] = (UriFormats.IsUriTemplate, SchemaDialect.Draft6),
        ["uuid"] = (NameFormats.IsUuid, SchemaDialect.Draft201909),
        ["json-pointer"] = (NameFormats.IsJsonPointer, SchemaDialect.Draft6),
        ["relative-json-pointer"] = (NameFormats.IsRelativeJsonPointer, SchemaDialect.Draft7),
        ["regex"] = (EcmaPattern.IsValid, SchemaDialect.Draft6),
    };

    public static KeywordCheck? Format(KeywordSite site)
    {
        var name = site.Text();
        if (!site.Compiler.Options.AssertFormat && !site.Resource.Dialect.FormatAssertion)
        {
            return null;
        }

        if (!Formats.TryGetValue(name, out var format) || site.Version < format.First)
        {
            return name is "idn-hostname" && site.Version >= SchemaDialect.Draft7
                ? throw site.Error("The format 'idn-hostname' is not supported; use 'hostname' or do not assert formats.")
                : null;
        }

        var location = site.Location;
        return (run, instance, _) => instance.ValueKind != JsonValueKind.String || format.Check(instance.GetString()!)
            || run.Fail(location, $"The string is not of the format '{name}'.");
    }
}
