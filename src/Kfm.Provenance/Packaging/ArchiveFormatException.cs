namespace Kfm.Provenance.Packaging;

/// <summary>An archive is damaged, dangerous, larger than allowed, or read differently by different readers.</summary>
public sealed class ArchiveFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="offset">The byte offset in the archive; of a compressed tar, in what it decompresses to.</param>
    /// <param name="entry">The name of the entry, as it is written; null when no entry is meant. Control characters in it are not quoted.</param>
    /// <param name="innerException">The failure underneath, or null.</param>
    public ArchiveFormatException(string message, long offset, string? entry = null, Exception? innerException = null)
        : base(Text(message, offset, entry), innerException) => (Offset, Entry) = (offset, entry);

    /// <summary>The byte offset in the archive; of a compressed tar, in what it decompresses to.</summary>
    public long Offset { get; }

    /// <summary>The name of the entry, as it is written; null when no entry is meant.</summary>
    public string? Entry { get; }

    private static string Text(string message, long offset, string? entry) => FormattableString.Invariant(
        $"The archive is refused at byte {offset}{(entry is null ? "" : $", entry '{Quoted(entry)}'")}: {message}");

    private static string Quoted(string name) => string.Concat((name.Length > 200 ? name[..200] + "…" : name).Select(c => char.IsControl(c) ? '?' : c));
}
