using System.Globalization;
using System.Text;
using Kfm.Provenance.Signing;

namespace Kfm.Provenance.Merkle;

/// <summary>A proof, verifiable offline, that a log holds an entry at an index (C2SP tlog-proof, <c>c2sp.org/tlog-proof@v1</c>).</summary>
public sealed class TlogProof
{
    private const string Header = "c2sp.org/tlog-proof@v1";
    private const int MaxChars = 4 * 1024 * 1024;
    private const int MaxHashes = 64;

    /// <summary>Creates a proof.</summary>
    /// <param name="index">The zero-based index of the entry.</param>
    /// <param name="hashes">The inclusion proof, from the sibling of the leaf up; at most 64 hashes.</param>
    /// <param name="checkpoint">The signed checkpoint, verbatim.</param>
    /// <param name="extra">Data that the proof carries beside; null for none. It is not authenticated.</param>
    /// <exception cref="ArgumentException">There are more than 64 hashes, or the checkpoint is empty.</exception>
    public TlogProof(ulong index, IReadOnlyList<MerkleHash> hashes, string checkpoint, ReadOnlyMemory<byte>? extra = null)
    {
        ArgumentNullException.ThrowIfNull(hashes);
        ArgumentException.ThrowIfNullOrEmpty(checkpoint);
        if (hashes.Count > MaxHashes)
        {
            throw new ArgumentException("An inclusion proof has at most 64 hashes.", nameof(hashes));
        }

        Index = index;
        Hashes = hashes;
        Checkpoint = checkpoint;
        Extra = extra;
    }

    // A proof whose checkpoint is missing; it verifies never.
    private TlogProof(TlogProof proof) => (Index, Hashes, Checkpoint, Extra) = (proof.Index, proof.Hashes, "", proof.Extra);

    /// <summary>The zero-based index of the entry.</summary>
    public ulong Index { get; }

    /// <summary>The inclusion proof (RFC 6962, 2.1.1), from the sibling of the leaf up.</summary>
    public IReadOnlyList<MerkleHash> Hashes { get; }

    /// <summary>The signed checkpoint, verbatim; a signed note once <see cref="Verify(ReadOnlySpan{byte}, WitnessPolicy)"/> says so.</summary>
    public string Checkpoint { get; }

    /// <summary>Data that the proof carries beside, or null. Nothing authenticates it but a match with what is verified.</summary>
    public ReadOnlyMemory<byte>? Extra { get; }

    /// <summary>Reads a proof.</summary>
    /// <param name="text">The proof, at most 4 Mi characters.</param>
    /// <exception cref="TlogProofFormatException">The text is not a proof.</exception>
    public static TlogProof Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxChars)
        {
            throw new TlogProofFormatException($"A proof has at most {MaxChars} characters.", 1);
        }

        var reader = new TlogProofLines(text);
        if (!reader.Next().SequenceEqual(Header))
        {
            throw reader.Wrong("The first line is not " + Header + ".");
        }

        var line = reader.Next();
        byte[]? extra = null;
        if (line.StartsWith("extra ", StringComparison.Ordinal))
        {
            extra = StrictBase64.Decode(line[6..]) ?? throw reader.Wrong("The extra data are not base64.");
            line = reader.Next();
        }

        if (!line.StartsWith("index ", StringComparison.Ordinal) || !DecimalText.TryParse(line[6..], out var index))
        {
            throw reader.Wrong("The line is not 'index' and a decimal number below 2^64 without leading zeroes.");
        }

        var hashes = ReadHashes(ref reader);
        return reader.Rest is { Length: > 0 } checkpoint
            ? new TlogProof(index, hashes, checkpoint, extra is null ? default(ReadOnlyMemory<byte>?) : extra)
            : throw reader.Wrong("The checkpoint is missing.");
    }

    /// <summary>
    /// Reads what lenient readers of the format read too (transparency-dev/formats): lines may end with CR LF, the index may have leading zeroes, and
    /// the text may end after the hashes, with no checkpoint. Nothing of that changes what <see cref="Verify(ReadOnlySpan{byte}, string, IReadOnlyCollection{NoteVerifier})"/> accepts.
    /// </summary>
    /// <param name="text">The proof, at most 4 Mi characters.</param>
    /// <exception cref="TlogProofFormatException">The text is not a proof.</exception>
    public static TlogProof ParseLenient(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxChars)
        {
            throw new TlogProofFormatException($"A proof has at most {MaxChars} characters.", 1);
        }

        var lines = text.Split('\n').Select(line => line.EndsWith('\r') ? line[..^1] : line).ToList();
        if (lines[^1].Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        // What is left out or written otherwise is brought to the one strict form; the rest is read as strictly as ever.
        var blank = lines.IndexOf("");
        if (blank < 0)
        {
            blank = lines.Count;
        }

        var index = lines.FindIndex(0, blank, line => line.StartsWith("index ", StringComparison.Ordinal));
        if (index >= 0 && lines[index].AsSpan(6).TrimStart('0') is var digits && lines[index].Length > 6)
        {
            lines[index] = "index " + (digits.IsEmpty ? "0" : digits.ToString());
        }

        var checkpoint = string.Concat(lines.Skip(blank + 1).Select(line => line + "\n"));
        var proof = Parse(string.Concat(lines.Take(blank).Select(line => line + "\n")) + "\n" + (checkpoint.Length > 0 ? checkpoint : "\n"));
        return checkpoint.Length > 0 ? proof : new TlogProof(proof);
    }

    /// <summary>Verifies the checkpoint's signature and the inclusion of an entry.</summary>
    /// <param name="entry">The bytes of the entry.</param>
    /// <param name="origin">The origin of the log that the caller trusts.</param>
    /// <param name="verifiers">The keys of that log; each signature that verifies counts, at least one must.</param>
    public TlogProofVerification Verify(ReadOnlySpan<byte> entry, string origin, params IReadOnlyCollection<NoteVerifier> verifiers)
    {
        ArgumentException.ThrowIfNullOrEmpty(origin);
        ArgumentNullException.ThrowIfNull(verifiers);
        try
        {
            var note = SignedNote.Parse(Checkpoint).Verify(verifiers);
            return note.IsVerified
                ? VerifyIn(Merkle.Checkpoint.Parse(note.Text), origin, MerkleHash.Leaf(entry))
                : TlogProofVerification.Failed("The checkpoint is not verified: " + note.Reason);
        }
        catch (KfmException e) when (e is NoteFormatException or CheckpointFormatException)
        {
            return TlogProofVerification.Failed("The checkpoint cannot be read: " + e.Message);
        }
    }

    /// <summary>Verifies the checkpoint against a policy, cosignatures included, and the inclusion of an entry.</summary>
    /// <param name="entry">The bytes of the entry.</param>
    /// <param name="policy">The logs and witnesses that the caller trusts.</param>
    public TlogProofVerification Verify(ReadOnlySpan<byte> entry, WitnessPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var witnessed = policy.Verify(Checkpoint);
        return witnessed.Checkpoint is { } checkpoint
            ? VerifyIn(checkpoint, checkpoint.Origin, MerkleHash.Leaf(entry))
            : TlogProofVerification.Failed(witnessed.Reason!);
    }

    /// <summary>The proof in its text form.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Header).Append('\n');
        if (Extra is { } extra)
        {
            text.Append("extra ").Append(Convert.ToBase64String(extra.Span)).Append('\n');
        }

        text.Append("index ").Append(Index.ToString(CultureInfo.InvariantCulture)).Append('\n');
        foreach (var hash in Hashes)
        {
            text.Append(hash.ToString()).Append('\n');
        }

        return text.Append('\n').Append(Checkpoint).ToString();
    }

    private static List<MerkleHash> ReadHashes(ref TlogProofLines reader)
    {
        var hashes = new List<MerkleHash>();
        for (var line = reader.Next(); !line.IsEmpty; line = reader.Next())
        {
            if (hashes.Count == MaxHashes)
            {
                throw reader.Wrong("An inclusion proof has at most 64 hashes.");
            }

            hashes.Add(StrictBase64.Decode(line) is { Length: MerkleHash.Size } hash
                ? MerkleHash.FromBytes(hash)
                : throw reader.Wrong("The line is not the base64 of 32 bytes."));
        }

        return hashes;
    }

    private TlogProofVerification VerifyIn(Checkpoint checkpoint, string origin, MerkleHash leaf)
    {
        if (!string.Equals(checkpoint.Origin, origin, StringComparison.Ordinal))
        {
            return TlogProofVerification.Failed($"The checkpoint is of the log '{checkpoint.Origin}', not of '{origin}'.");
        }

        return checkpoint.Root is { } root && MerkleProof.VerifyInclusion(Index, checkpoint.Size, leaf, Hashes, root)
            ? TlogProofVerification.Verified(checkpoint)
            : TlogProofVerification.Failed("The entry is not in the tree of the checkpoint at this index.");
    }
}
