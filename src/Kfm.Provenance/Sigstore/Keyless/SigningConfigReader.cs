using Kfm.Provenance.Json;
using Kfm.Provenance.Sigstore.Trust;

namespace Kfm.Provenance.Sigstore.Keyless;

/// <summary>Reads the JSON of a signing configuration.</summary>
internal static class SigningConfigReader
{
    private const int MaxServices = 64;

    public static SigningConfig Read(JsonCursor json)
    {
        var mediaType = json.Member("mediaType");
        return mediaType.Text() is "application/vnd.dev.sigstore.signingconfig.v0.2+json"
            ? new(
                Services(json, "caUrls"),
                Services(json, "rekorTlogUrls"),
                Selection(json, "rekorTlogConfig"),
                Services(json, "tsaUrls"),
                Selection(json, "tsaConfig"))
            : throw SigningConfig.Error($"the media type '{mediaType.Text()}' is not that of version 0.2", mediaType.Pointer);
    }

    private static SigningService[] Services(JsonCursor json, string name)
    {
        if (json.Optional(name) is not { IsNull: false } list)
        {
            return [];
        }

        SigningService[] services = [.. list.Items().Take(MaxServices + 1).Select(Service)];
        return services.Length <= MaxServices ? services : throw SigningConfig.Error($"there are more than {MaxServices} services", list.Pointer);
    }

    private static SigningService Service(JsonCursor json)
    {
        var url = json.Member("url");
        if (!Uri.TryCreate(url.Text(), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw SigningConfig.Error("an absolute http or https address is needed", url.Pointer);
        }

        var window = json.Member("validFor");
        return new(
            address,
            json.Member("majorApiVersion").Count(),
            new(Time(window.Member("start")), window.Optional("end") is { IsNull: false } end ? Time(end) : null),
            json.Optional("operator") is { IsNull: false } name ? name.Text() : "");
    }

    // Without a configuration one service is enough.
    private static ServiceSelection Selection(JsonCursor json, string name)
    {
        if (json.Optional(name) is not { IsNull: false } selection)
        {
            return new(1);
        }

        var selector = selection.Member("selector");
        return selector.Text() switch
        {
            "ANY" => new(1),
            "ALL" => new((int?)null),
            "EXACT" when selection.Member("count").Count() is > 0 and var count => new(count),
            _ => throw SigningConfig.Error("the selector is not ANY, ALL, or EXACT with a count", selector.Pointer),
        };
    }

    private static DateTimeOffset Time(JsonCursor json) => ProtobufTime.TryParse(json.Text(), out var time)
        ? time
        : throw SigningConfig.Error("this is not a time of RFC 3339", json.Pointer);
}
