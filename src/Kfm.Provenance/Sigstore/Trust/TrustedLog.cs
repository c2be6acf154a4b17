using Kfm.Provenance.Sigstore.Keys;

namespace Kfm.Provenance.Sigstore.Trust;

/// <summary>A transparency log or certificate log of the trusted root.</summary>
/// <param name="BaseUrl">The URL of the log.</param>
/// <param name="Id">The log's id, 32 bytes.</param>
/// <param name="Key">The public key; null when its algorithm is not supported.</param>
/// <param name="Scheme">How the log signs.</param>
/// <param name="Window">When the log is trusted.</param>
internal sealed record TrustedLog(string BaseUrl, byte[] Id, SignatureKey? Key, SignatureAlgorithm Scheme, ValidityInterval Window)
{
    /// <summary>The id in 64 lower-case hexadecimal digits.</summary>
    public string IdText { get; } = Convert.ToHexStringLower(Id);

    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => Key is { } key && key.Verify(Scheme, message, signature);

    /// <summary>Whether a note key is named after this log: its URL without scheme, up to the end of a component.</summary>
    public bool IsNamed(ReadOnlySpan<char> name)
    {
        var url = BaseUrl.AsSpan();
        var scheme = url.IndexOf("://");
        url = scheme < 0 ? url : url[(scheme + 3)..];
        return !name.IsEmpty && url.StartsWith(name, StringComparison.Ordinal) && (url.Length == name.Length || url[name.Length] is '/' or ':');
    }
}
