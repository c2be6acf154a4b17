using System.Globalization;
using Kfm.Ledger;
using Kfm.Ledger.Entries;
using Kfm.Provenance.Digests;

namespace Kfm.Pipeline.Commands;

/// <summary>Finds the entry that a command line names: by its index, or by the digest of what it is about.</summary>
internal static class LedgerNode
{
    internal const string Help = "An entry: its index, or sha256:… of what it is about, which names the newest.";

    public static LogEntry Find(TransparencyLog log, string text, params ReadOnlySpan<LedgerEntryKind> kinds)
    {
        var entry = Find(log, text, log.Size);
        return kinds.IsEmpty || kinds.Contains(entry.Entry.Kind)
            ? entry
            : throw new LedgerRangeException($"entry {entry.Index} is of kind {entry.Entry.Kind.ToString().ToLowerInvariant()}; {string.Join(" or ", kinds.ToArray()).ToLowerInvariant()} is needed.");
    }

    private static LogEntry Find(TransparencyLog log, string text, long size)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return index < size ? log.Read(index) : throw new LedgerRangeException(index, size);
        }

        return Digest.TryParse(text, out var digest)
            ? log.FindBySubject(digest) is [.., var newest] ? newest : throw new LedgerRangeException($"no entry is about {digest}.")
            : throw new LedgerRangeException($"'{text}' is neither an index nor sha256: and 64 digits.");
    }
}
