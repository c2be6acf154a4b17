using System.Globalization;
using System.Text;
using Kfm.Provenance;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;

namespace Kfm.Ledger.Witnesses;

/// <summary>The body of add-checkpoint (C2SP tlog-witness).</summary>
internal sealed record AddCheckpointRequest(ulong OldSize, IReadOnlyList<MerkleHash> Proof, SignedNote Note, Checkpoint Checkpoint)
{
    private const int MaxBytes = 1024 * 1024;
    private const int MaxHashes = 63;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes a body.</summary>
    internal static byte[] Write(long oldSize, IReadOnlyList<MerkleHash> proof, string note)
    {
        var text = new StringBuilder("old ").Append(oldSize.ToString(CultureInfo.InvariantCulture)).Append('\n');
        foreach (var hash in proof)
        {
            text.Append(hash.ToString()).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.Append('\n').Append(note).ToString());
    }

    /// <summary>Reads a body.</summary>
    /// <returns>The request, or what is wrong with it.</returns>
    internal static (AddCheckpointRequest? Request, string? Wrong) Read(ReadOnlySpan<byte> body)
    {
        if (body.Length > MaxBytes)
        {
            return (null, $"The request has more than {MaxBytes} bytes.");
        }

        try
        {
            return Read(StrictUtf8.GetString(body));
        }
        catch (DecoderFallbackException)
        {
            return (null, "The request is not UTF-8.");
        }
        catch (KfmException e) when (e is NoteFormatException or CheckpointFormatException)
        {
            return (null, e.Message);
        }
    }

    private static (AddCheckpointRequest? Request, string? Wrong) Read(string text)
    {
        var split = text.IndexOf("\n\n", StringComparison.Ordinal);
        var lines = split < 0 ? [] : text[..split].Split('\n');
        if (lines.Length == 0 || !lines[0].StartsWith("old ", StringComparison.Ordinal) || !TryParseSize(lines[0].AsSpan(4), out var oldSize))
        {
            return (null, "The request does not begin with 'old', a size, and a consistency proof that an empty line ends.");
        }

        if (lines.Length - 1 > MaxHashes)
        {
            return (null, $"The consistency proof has more than {MaxHashes} lines.");
        }

        var proof = new List<MerkleHash>();
        foreach (var line in lines.AsSpan(1))
        {
            if (!MerkleHash.TryParse(line, out var hash))
            {
                return (null, "A line of the consistency proof is not the base64 of 32 bytes.");
            }

            proof.Add(hash);
        }

        var note = SignedNote.Parse(text[(split + 2)..]);
        return (new AddCheckpointRequest(oldSize, proof, note, Checkpoint.Parse(note.Text)), null);
    }

    /// <summary>Reads a decimal number without leading zeroes.</summary>
    internal static bool TryParseSize(ReadOnlySpan<char> text, out ulong size)
    {
        size = 0;
        return (text.Length == 1 || (text.Length > 1 && text[0] != '0'))
            && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size);
    }
}
