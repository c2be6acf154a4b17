namespace Kfm.Provenance.JsonSchema;

/// <summary>URI references within schemas (RFC 3986, section 5).</summary>
internal static class SchemaUri
{
    /// <summary>Resolves a reference; the URI comes back without its fragment, the fragment percent-decoded.</summary>
    public static (string Uri, string Fragment) Resolve(string baseUri, string reference, string location)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var relative = hash < 0 ? reference : reference[..hash];
        var fragment = hash < 0 ? "" : Uri.UnescapeDataString(reference[(hash + 1)..]);
        return (relative.Length == 0 ? baseUri : Absolute(baseUri, relative, location), fragment);
    }

    private static string Absolute(string baseUri, string relative, string location)
    {
        // A URN has no hierarchy to resolve against: only absolute references make sense below it.
        if (Uri.TryCreate(relative, UriKind.Absolute, out var absolute) && !absolute.IsFile)
        {
            return absolute.AbsoluteUri;
        }

        if (Uri.TryCreate(baseUri, UriKind.Absolute, out var parent) && Uri.TryCreate(parent, relative, out var combined))
        {
            return combined.AbsoluteUri;
        }

        throw new SchemaFormatException("The URI reference cannot be resolved; write an absolute URI.", location);
    }
}
