namespace Kfm.Provenance.Sigstore.Certificates;

/// <summary>Where a part of a certificate stands in its bytes; a length of 0 says that the part is not there.</summary>
internal readonly record struct Slice(int Start, int Length)
{
    public bool IsEmpty => Length == 0;

    public ReadOnlySpan<byte> Of(byte[] bytes) => bytes.AsSpan(Start, Length);
}
