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
            List<NoteVerifier> keys = [.. one.Items("vkeys").Select(k => NoteVerifier.Parse(k.GetString()!))];
            result = SignedNote.Parse(one.Base64("noteB64")).Verify(keys);
        }
        catch (NoteFormatException)
        {
            // The note is refused.
        }

        if (result?.IsVerified != true || one.WantsError())
        {
            return SuiteJson.Differs(one.WantsError(), result?.IsVerified == true);
        }

        return result.Text == one.Text("text") && Same(one, "verified", result.Verified) && Same(one, "unverified", result.Unknown)
            ? null
            : "has another text or other signatures";
    }

    private static bool Same(JsonElement one, string name, IReadOnlyList<NoteSignature> signatures) =>
        one.Items(name).Select(s => s.GetString()).SequenceEqual(
            signatures.Select(s => s.Name + "+" + s.KeyHash.ToString("x8", CultureInfo.InvariantCulture)), StringComparer.Ordinal);

    private static string? Sign(JsonElement one)
    {
        var note = SignedNote.Sign(one.Text("text"), NoteSigner.Parse(one.Text("skey"))).ToString();
        return note == one.Text("want") ? null : "is signed as " + note;
    }

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
            // The verdicts are those of a lenient parser; what is strictly a proof is read the same by both.
            var proof = TlogProof.ParseLenient(Text(one, "proofB64"));
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
