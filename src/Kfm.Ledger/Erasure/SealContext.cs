using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kfm.Ledger.Entries;
using Kfm.Provenance.Digests;

namespace Kfm.Ledger.Erasure;

/// <summary>
/// Binds a box to its place: the log, the entry by its clear facts, the person and the field. It is the associated data of AES-GCM, so that a box
/// that was moved elsewhere does not open.
/// </summary>
internal static class SealContext
{
    internal static byte[] Of(string origin, LedgerEntry entry, Digest pseudonym, string name)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string[] parts =
        [
            "kfm-sealed-field-v1",
            origin,
            LedgerEntryWriter.NameOf(entry.Kind),
            entry.TraceId?.ToString("D") ?? "",
            entry.Repository,
            entry.Subject.Hex,
            entry.Time.UtcDateTime.ToString(LedgerEntryWriter.TimeFormat, CultureInfo.InvariantCulture),
            pseudonym.Hex,
            name,
        ];
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset();
    }
}
