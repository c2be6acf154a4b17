namespace Kfm.Provenance.Slsa;

/// <summary>URIs of repositories and their references.</summary>
internal static class GitReference
{
    public const string GitHub = "https://github.com/";

    /// <summary>The form with <c>git+https://</c>.</summary>
    public static string Normalize(string uri) =>
        uri.StartsWith("git+", StringComparison.Ordinal) ? uri
        : uri.Contains("://", StringComparison.Ordinal) ? "git+" + uri
        : "git+https://" + uri;

    /// <summary>The repository and the reference after <c>@</c>, which may be empty.</summary>
    public static SlsaRejection? Split(string uri, out string repository, out string reference)
    {
        var at = uri.IndexOf('@', StringComparison.Ordinal);
        (repository, reference) = at < 0 ? (uri, "") : (uri[..at], uri[(at + 1)..]);
        return uri.StartsWith("git+", StringComparison.Ordinal)
            ? null
            : new(SlsaErrorCode.MalformedURI, $"'{uri}' is not the URI of a git repository.");
    }

    /// <summary>The name of a reference of a kind, <c>heads</c> or <c>tags</c>.</summary>
    public static SlsaRejection? Name(string reference, string kind, out string name)
    {
        var prefix = $"refs/{kind}/";
        name = reference.StartsWith(prefix, StringComparison.Ordinal) ? reference[prefix.Length..] : "";
        return name.Length > 0 ? null : new(SlsaErrorCode.InvalidRef, $"'{reference}' is not a reference in {prefix}.");
    }
}
