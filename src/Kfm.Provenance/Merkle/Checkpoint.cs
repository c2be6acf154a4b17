using System.Globalization;
using System.Text;
using Kfm.Provenance.Signing;

namespace Kfm.Provenance.Merkle;

/// <summary>The head of a transparency log as it stands in the text of a signed note (C2SP tlog-checkpoint).</summary>
/// <remarks>A checkpoint says nothing before the note that carries it is verified.</remarks>
public sealed class Checkpoint
{
    private const int MaxRootBytes = 64;
    private const int MaxExtensions = 64;

    /// <summary>Creates a checkpoint.</summary>
    /// <param name="origin">The identity of the log: one line, not empty.</param>
    /// <param name="size">The number of entries.</param>
    /// <param name="root">The root hash.</param>
    /// <exception cref="ArgumentException"><paramref name="origin"/> is empty or holds a control character.</exception>
    public Checkpoint(string origin, ulong size, MerkleHash root)
        : this(origin, size, root.ToBytes(), [])
    {
        ArgumentException.ThrowIfNullOrEmpty(origin);
        if (origin.AsSpan().ContainsAnyInRange('\0', '\x1f') || !Utf16.IsValid(origin))
        {
            throw new ArgumentException("An origin is one line of text.", nameof(origin));
        }
    }

    private Checkpoint(string origin, ulong size, ReadOnlyMemory<byte> rootBytes, IReadOnlyList<string> extensions)
    {
        Origin = origin;
        Size = size;
        RootBytes = rootBytes;
        Extensions = extensions;
    }

    /// <summary>The identity of the log.</summary>
    public string Origin { get; }

    /// <summary>The number of entries.</summary>
    public ulong Size { get; }

    /// <summary>The bytes of the root line; 1 to 64 of them, 32 in a log over SHA-256.</summary>
    public ReadOnlyMemory<byte> RootBytes { get; }

    /// <summary>The root hash, or null when the root line does not hold 32 bytes: then no proof can verify.</summary>
    public MerkleHash? Root => RootBytes.Length == MerkleHash.Size ? MerkleHash.FromBytes(RootBytes.Span) : null;

    /// <summary>The extension lines, without their newlines; usually none.</summary>
    public IReadOnlyList<string> Extensions { get; }

    /// <summary>Reads the text of a note.</summary>
    /// <param name="text">Origin, size, root, and at most 64 extension lines, each not empty and ended by a newline.</param>
    /// <exception cref="CheckpointFormatException">The text is not a checkpoint.</exception>
    public static Checkpoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = text.Split('\n');
        if (lines.Length < 4 || lines[^1].Length > 0)
        {
            throw new CheckpointFormatException("A checkpoint has three lines or more, each ended by a newline.", Math.Min(lines.Length, 3));
        }

        if (lines.Length > 4 + MaxExtensions)
        {
            throw new CheckpointFormatException($"A checkpoint has at most {MaxExtensions} extension lines.", 4 + MaxExtensions);
        }

        var empty = Array.IndexOf(lines, "", 0, lines.Length - 1);
        if (empty >= 0)
        {
            throw new CheckpointFormatException("The line is empty.", empty + 1);
        }

        if (!DecimalText.TryParse(lines[1], out var size))
        {
            throw new CheckpointFormatException("The size is not a decimal number below 2^64 without leading zeroes.", 2);
        }

        return StrictBase64.Decode(lines[2]) is { Length: > 0 and <= MaxRootBytes } root
            ? new Checkpoint(lines[0], size, root, lines[3..^1])
            : throw new CheckpointFormatException($"The root is not the base64 of 1 to {MaxRootBytes} bytes.", 3);
    }

    /// <summary>The text of the note: each line ended by a newline.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(Origin).Append('\n').Append(Size.ToString(CultureInfo.InvariantCulture)).Append('\n');
        text.Append(Convert.ToBase64String(RootBytes.Span)).Append('\n');
        foreach (var line in Extensions)
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }
}
