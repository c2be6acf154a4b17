using System.Buffers.Text;
using System.Text;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Sigstore.Bundles;
using Kfm.Provenance.Sigstore.Trust;

namespace Kfm.Provenance.Sigstore.Logs;

/// <summary>The checkpoint of an inclusion proof: a signed note (C2SP signed-note, tlog-checkpoint), read in UTF-8 without copying.</summary>
internal readonly ref struct CheckpointNote
{
    private const int MaxBytes = 64 * 1024;
    private const int MaxSignatureBytes = 1024;
    private const int MaxSignatures = 64;
    private readonly ReadOnlySpan<byte> _signatures;

    private CheckpointNote(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signatures, ulong size, MerkleHash root)
    {
        Text = text;
        _signatures = signatures;
        Size = size;
        Root = root;
    }

    /// <summary>What is signed: the lines with their newlines.</summary>
    public ReadOnlySpan<byte> Text { get; }

    public ulong Size { get; }

    public MerkleHash Root { get; }

    /// <summary>Reads a note; false when it is not a checkpoint over SHA-256 with one signature or more.</summary>
    public static bool TryRead(ReadOnlySpan<byte> utf8, out CheckpointNote note)
    {
        note = default;
        var split = utf8.Length <= MaxBytes ? utf8.LastIndexOf("\n\n"u8) : -1;
        if (split < 0 || !utf8.EndsWith("\n"u8) || !System.Text.Unicode.Utf8.IsValid(utf8) || HasControl(utf8))
        {
            return false;
        }

        var text = utf8[..(split + 1)];
        var lines = text;
        var origin = Line(ref lines);
        var size = Line(ref lines);
        var root = Line(ref lines);
        Span<byte> hash = stackalloc byte[MerkleHash.Size];
        if (origin.IsEmpty || !TrySize(size, out var count) || root.Length != 44 || !Base64Text.TryDecode(root, hash, out var written) || written != hash.Length)
        {
            return false;
        }

        while (!lines.IsEmpty)
        {
            if (Line(ref lines).IsEmpty)
            {
                return false;
            }
        }

        note = new(text, utf8[(split + 2)..], count, MerkleHash.FromBytes(hash));
        return note.SignaturesAreWellFormed();
    }

    /// <summary>Whether a log signed: a signature under its name and key id verifies. Those of others, witnesses included, are ignored.</summary>
    /// <param name="log">The trusted log.</param>
    /// <param name="isThere">Whether there is a signature under the log's name and id, right or wrong.</param>
    public bool IsSignedBy(TrustedLog log, out bool isThere)
    {
        isThere = false;
        var origin = Text[..Text.IndexOf((byte)'\n')];
        Span<byte> value = stackalloc byte[MaxSignatureBytes];
        Span<char> name = stackalloc char[256];
        var lines = _signatures;
        while (!lines.IsEmpty && TryReadSignature(Line(ref lines), value, out var utf8, out var length))
        {
            if (utf8.Length > name.Length || !value[..4].SequenceEqual(log.Id.AsSpan(0, 4)) || !IsOrigin(origin, utf8))
            {
                continue;
            }

            var chars = Encoding.UTF8.GetChars(utf8, name);
            if (log.IsNamed(name[..chars]))
            {
                isThere = true;
                if (log.Verify(Text, value[4..length]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Rekor v2 signs under the origin itself, Rekor v1 under the origin without the tree id that follows it.
    private static bool IsOrigin(ReadOnlySpan<byte> origin, ReadOnlySpan<byte> name) =>
        origin.StartsWith(name) && (origin.Length == name.Length || origin[name.Length..].StartsWith(" - "u8));

    private bool SignaturesAreWellFormed()
    {
        Span<byte> value = stackalloc byte[MaxSignatureBytes];
        var lines = _signatures;
        var count = 0;
        while (!lines.IsEmpty)
        {
            if (++count > MaxSignatures || !TryReadSignature(Line(ref lines), value, out _, out _))
            {
                return false;
            }
        }

        return count > 0;
    }

    private static bool TryReadSignature(ReadOnlySpan<byte> line, Span<byte> value, out ReadOnlySpan<byte> name, out int length)
    {
        name = default;
        length = 0;
        var dash = "— "u8;
        if (!line.StartsWith(dash))
        {
            return false;
        }

        line = line[dash.Length..];
        var space = line.IndexOf((byte)' ');
        if (space < 1 || Base64Text.Length(line[(space + 1)..]) > value.Length)
        {
            return false;
        }

        name = line[..space];
        return Base64Text.TryDecode(line[(space + 1)..], value, out length) && length > 4;
    }

    private static bool TrySize(ReadOnlySpan<byte> line, out ulong size)
    {
        size = 0;
        return line.Length > 0 && (line.Length == 1 || line[0] != '0') && !line.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && Utf8Parser.TryParse(line, out size, out var used) && used == line.Length;
    }

    private static bool HasControl(ReadOnlySpan<byte> utf8) => utf8.ContainsAnyInRange((byte)0, (byte)9) || utf8.ContainsAnyInRange((byte)11, (byte)31);

    private static ReadOnlySpan<byte> Line(scoped ref ReadOnlySpan<byte> lines)
    {
        var end = lines.IndexOf((byte)'\n');
        var line = end < 0 ? lines : lines[..end];
        lines = end < 0 ? default : lines[(end + 1)..];
        return line;
    }
}
