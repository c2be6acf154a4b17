using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Kfm.Provenance.Sigstore.Bundles;
using Kfm.Provenance.Sigstore.Trust;

namespace Kfm.Provenance.Sigstore.Logs;

/// <summary>Verifies the signed entry timestamp of Rekor v1: a signature over the RFC 8785 form of body, time, log id and index.</summary>
internal static class PromiseVerifier
{
    /// <summary>More than the members around the body take.</summary>
    private const int Rest = 256;

    public static bool Verify(LogEntry entry, TrustedLog log)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Base64.GetMaxEncodedToUtf8Length(entry.Body.Length) + Rest);
        try
        {
            return log.Verify(buffer.AsSpan(0, Write(entry, buffer)), entry.Promise);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int Write(LogEntry entry, Span<byte> output)
    {
        var at = Append(output, 0, "{\"body\":\""u8);
        _ = Base64.EncodeToUtf8(entry.Body, output[at..], out _, out var written);
        at = Append(output, at + written, "\",\"integratedTime\":"u8);
        _ = entry.IntegratedTime.TryFormat(output[at..], out written);
        at = Append(output, at + written, ",\"logID\":\""u8);
        Span<char> hex = stackalloc char[64];
        _ = Convert.TryToHexStringLower(entry.LogId, hex, out _);
        at += Encoding.ASCII.GetBytes(hex, output[at..]);
        at = Append(output, at, "\",\"logIndex\":"u8);
        _ = entry.LogIndex.TryFormat(output[at..], out written);
        return Append(output, at + written, "}"u8);
    }

    private static int Append(Span<byte> output, int at, ReadOnlySpan<byte> text)
    {
        text.CopyTo(output[at..]);
        return at + text.Length;
    }
}
