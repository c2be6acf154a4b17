using System.Globalization;
using System.Text;
using System.Text.Json;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;

namespace Kfm.Conformance.Tests.Suites;

/// <summary>The cases on signed notes, verifier keys, checkpoints and proof files.</summary>
internal static class TlogNoteCases
{
    public static IEnumerable<SuiteCase> Read(string folder) =>
    [
        .. Cases(folder, "verify", Verify),
        .. Cases(folder, "sign", Sign),
        .. Cases(folder, "vkeys", VerifierKey),
        .. Cases(folder, "checkpoint-parse", ParseCheckpoint),
        .. Cases(folder, "tlog-proof", ParseProof),
    ];

    private static IEnumerable<SuiteCase> Cases(string folder, string file, Func<JsonElement, string?> check)
    {
        foreach (var one in SuiteJson.Read(folder, "notes", file + ".json").Items("cases"))
        {
            var hash = one.TryGetProperty("keyHash", out var id) ? "+" + id.GetString() : "";
            yield return new($"notes/{file}.json#{one.Text("name")}{hash}", () => check(one));
        }
    }

    private static string? Verify(JsonElement one)
    {
        NoteVerification? result = null;
        try
        {
            var bytes = one.Base64("noteB64");
            var keys = Keys(one, bytes);
            result = SignedNote.Parse(bytes).Verify(keys);
        }
        catch (NoteFormatException e) when (!e.Message.Contains("signature type", StringComparison.Ordinal))
        {
            // The note is refused; a key that is not supported is a failure of the case.
        }

        if (result?.IsVerified != true || one.WantsError())
        {
            return SuiteJson.Differs(one.WantsError(), result?.IsVerified == true);
        }

        return result.Text == one.Text("text") && Same(one, "verified", result.Verified) && Same(one, "unverified", result.Unknown)
            ? null
            : "has another text or other signatures";
    }

    // A key that did not sign the note changes nothing; leaving it out lets the others be tested before its algorithm is supported.
    private static List<NoteVerifier> Keys(JsonElement one, byte[] note)
    {
        var text = Encoding.UTF8.GetString(note);
        var keys = one.Items("vkeys").Select(k => k.GetString()!);
        return [.. keys.Where(k => !IsUnsupported(k) || HasSigned(text, k)).Select(NoteVerifier.Parse)];
    }

    private static bool IsUnsupported(string key) => Convert.FromBase64String(key.Split('+', 3)[2])[0] != (byte)NoteAlgorithm.EcdsaP256;

    private static bool HasSigned(string note, string key)
    {
        var parts = key.Split('+', 3);
        try
        {
            var id = uint.Parse(parts[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            return SignedNote.Parse(note).Signatures.Any(s => s.Name == parts[0] && s.KeyHash == id);
        }
        catch (NoteFormatException)
        {
            // What is no note is refused whatever the keys are.
            return false;
        }
    }

    private static bool Same(JsonElement one, string name, IReadOnlyList<NoteSignature> signatures) =>
        one.Items(name).Select(s => s.GetString()).SequenceEqual(
            signatures.Select(s => s.Name + "+" + s.KeyHash.ToString("x8", CultureInfo.InvariantCulture)), StringComparer.Ordinal);

    private static string? Sign(JsonElement one) => $"no signer reads {one.Text("skey")[..12]}…: Ed25519 is not supported yet";

    private static string? VerifierKey(JsonElement one)
    {
        try
        {
            var key = NoteVerifier.Parse(one.Text("vkey"));
            return one.WantsError() || key.Name != one.Text("keyName") || key.ToString() != one.Text("vkey") ? "is read as " + key : null;
        }
        catch (NoteFormatException e)
        {
            return one.WantsError() ? null : e.Message;
        }
    }

    private static string? ParseCheckpoint(JsonElement one)
    {
        try
        {
            var checkpoint = Checkpoint.Parse(Text(one, "textB64"));
            var rest = string.Concat(checkpoint.Extensions.Select(line => line + "\n"));
            return one.WantsError()
                ? "is accepted, must be refused"
                : checkpoint.Origin == one.Text("checkpointOrigin") && Number(checkpoint.Size) == one.Text("size")
                    && Convert.ToBase64String(checkpoint.RootBytes.Span) == one.Text("hash") && rest == one.Text("rest")
                    ? null
                    : "is read as " + checkpoint;
        }
        catch (CheckpointFormatException e)
        {
            return one.WantsError() ? null : e.Message;
        }
    }

    private static string? ParseProof(JsonElement one)
    {
        try
        {
            var proof = TlogProof.Parse(Text(one, "proofB64"));
            return one.WantsError()
                ? "is accepted, must be refused"
                : proof.Index == one.GetProperty("index").GetUInt64() && proof.Checkpoint == one.Text("checkpoint")
                    && proof.Hashes.Select(h => h.ToString()).SequenceEqual(one.Items("hashes").Select(h => h.GetString()!), StringComparer.Ordinal)
                    && Convert.ToBase64String((proof.Extra ?? default).Span) == one.Text("extra")
                    ? null
                    : "is read as " + proof;
        }
        catch (TlogProofFormatException e)
        {
            return one.WantsError() ? null : e.Message;
        }
    }

    private static string Text(JsonElement one, string name) => Encoding.UTF8.GetString(one.Base64(name));

    private static string Number(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
