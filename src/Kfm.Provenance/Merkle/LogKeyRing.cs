using System.Globalization;
using Kfm.Provenance.Signing;

namespace Kfm.Provenance.Merkle;

/// <summary>
/// The keys of a log over the years. Trust begins with one key that the caller knows; each further key is named in a statement that the key before it
/// signed, with the size from which the new key signs and the size until which the old one does. Between the two both sign.
/// </summary>
/// <remarks>
/// A statement is a signed note of the log's old key whose text has five lines: <c>kfm.dev/log-key-succession/v1</c>, the origin, <c>from SIZE</c>, <c>until
/// SIZE</c>, and the verifier key of the successor.
/// </remarks>
public sealed class LogKeyRing
{
    private const string Header = "kfm.dev/log-key-succession/v1";
    private const int MaxKeys = 1024;
    private readonly List<LogKeySpan> _keys;

    /// <summary>Creates the ring of a log that still has its first key.</summary>
    /// <param name="first">The key that the caller trusts.</param>
    public LogKeyRing(NoteVerifier first)
    {
        ArgumentNullException.ThrowIfNull(first);
        _keys = [new LogKeySpan(first, 0, null)];
    }

    private LogKeyRing(List<LogKeySpan> keys) => _keys = keys;

    /// <summary>The keys, oldest first.</summary>
    public IReadOnlyList<LogKeySpan> Keys => _keys;

    /// <summary>The keys without their spans, as verifiers of single notes take them.</summary>
    public IReadOnlyList<NoteVerifier> Verifiers => [.. _keys.Select(k => k.Verifier)];

    /// <summary>Writes and signs the statement that names a successor.</summary>
    /// <param name="old">The present key.</param>
    /// <param name="next">The successor, under the same name.</param>
    /// <param name="from">The smallest size of a checkpoint that the successor signs.</param>
    /// <param name="until">The largest size of a checkpoint that the present key signs.</param>
    /// <exception cref="ArgumentException">The names differ, or there would be sizes that neither key signs.</exception>
    public static string Succeed(NoteSigner old, NoteVerifier next, ulong from, ulong until)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(next);
        if (!string.Equals(old.Name, next.Name, StringComparison.Ordinal) || LeavesGap(from, until))
        {
            throw new ArgumentException("A successor has the name of the log, and begins before or where the old key ends.", nameof(next));
        }

        var text = string.Create(CultureInfo.InvariantCulture, $"{Header}\n{old.Name}\nfrom {from}\nuntil {until}\n{next}\n");
        return SignedNote.Sign(text, old).ToString();
    }

    /// <summary>The ring with the successor that a statement names.</summary>
    /// <param name="statement">The signed note.</param>
    /// <exception cref="NoteFormatException">The text is not such a statement, or the present key did not sign it.</exception>
    public LogKeyRing Follow(string statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var last = _keys[^1];
        var note = SignedNote.Parse(statement).Verify([last.Verifier]);
        if (note.Reason is { } reason)
        {
            throw new NoteFormatException("The statement is not signed by the newest key of the ring: " + reason);
        }

        if (note.Text.Split('\n') is not [Header, var origin, var fromLine, var untilLine, var key, ""]
            || !string.Equals(origin, last.Verifier.Name, StringComparison.Ordinal)
            || !TrySize(fromLine, "from ", out var from)
            || !TrySize(untilLine, "until ", out var until)
            || from < last.From
            || LeavesGap(from, until))
        {
            throw new NoteFormatException("The note is not a statement that names a successor of this log's key.");
        }

        var next = NoteVerifier.Parse(key);
        return string.Equals(next.Name, origin, StringComparison.Ordinal) && !_keys.Any(k => k.Verifier.HasSameKeyAs(next)) && _keys.Count < MaxKeys
            ? new LogKeyRing([.. _keys[..^1], last with { Until = until }, new LogKeySpan(next, from, null)])
            : throw new NoteFormatException("The successor has another name, or is a key that the ring had already.");
    }

    /// <summary>Verifies a checkpoint: a key that may sign its size signed it. What a key signed outside of its span does not count.</summary>
    /// <param name="note">The signed note.</param>
    public WitnessedCheckpoint Verify(string note)
    {
        ArgumentNullException.ThrowIfNull(note);
        try
        {
            var signed = SignedNote.Parse(note);
            var checkpoint = Checkpoint.Parse(signed.Text);
            var keys = _keys.Where(k => k.Covers(checkpoint.Size) && string.Equals(k.Verifier.Name, checkpoint.Origin, StringComparison.Ordinal));
            return signed.Verify([.. keys.Select(k => k.Verifier)]).Reason is { } reason
                ? WitnessedCheckpoint.Failed($"The checkpoint of '{checkpoint.Origin}' is not verified: {reason}")
                : WitnessedCheckpoint.Verified(checkpoint, []);
        }
        catch (KfmException e) when (e is NoteFormatException or CheckpointFormatException)
        {
            return WitnessedCheckpoint.Failed("The checkpoint cannot be read: " + e.Message);
        }
    }

    // Every size has a key: the new one begins at the latest right after the last size of the old one.
    private static bool LeavesGap(ulong from, ulong until) => from > until && from - until > 1;

    private static bool TrySize(string line, string prefix, out ulong size)
    {
        size = 0;
        return line.StartsWith(prefix, StringComparison.Ordinal) && DecimalText.TryParse(line.AsSpan(prefix.Length), out size);
    }
}
