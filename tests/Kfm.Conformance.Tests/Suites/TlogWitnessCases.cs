using System.Text;
using System.Text.Json;
using Kfm.Ledger.Witnesses;
using Kfm.Provenance.Signing;
using Kfm.Testing;

namespace Kfm.Conformance.Tests.Suites;

/// <summary>The scenario of a witness: its steps run in order against one witness, so that each case runs those before it too.</summary>
internal static class TlogWitnessCases
{
    public static IEnumerable<SuiteCase> Read(string folder)
    {
        var scenario = SuiteJson.Read(folder, "witness", "add-checkpoint.json");
        var steps = scenario.Items("cases").ToList();
        for (var i = 0; i < steps.Count; i++)
        {
            var count = i + 1;
            yield return new("witness/add-checkpoint.json#" + steps[i].Text("name"), () => Run(scenario, steps[..count]));
        }
    }

    private static string? Run(JsonElement scenario, List<JsonElement> steps)
    {
        using var directory = new TemporaryDirectory();
        var signer = NoteSigner.Parse(WitnessKey(scenario), new SteppingTimeProvider());
        using var witness = Witness.Open(new WitnessOptions
        {
            Path = directory.Combine("witness.db"),
            Signers = [signer],
            Logs = [.. scenario.Items("logVkeys").Select(k => NoteVerifier.Parse(k.GetString()!))],
        });
        string? result = null;
        foreach (var step in steps)
        {
            result = Check(step, witness.AddCheckpoint(Encoding.UTF8.GetBytes(step.Text("body"))), signer.Verifier);
        }

        return result;
    }

    // The key is given with the id of a plain Ed25519 key; a witness needs the same seed under the type of cosignatures.
    private static string WitnessKey(JsonElement scenario)
    {
        var seed = Convert.FromBase64String(scenario.Text("witnessPrivate").Split('+', 5)[4]);
        var id = scenario.Text("witnessVkey").Split('+');
        return $"PRIVATE+KEY+{id[0]}+{id[1]}+{Convert.ToBase64String([4, .. seed.AsSpan(1)])}";
    }

    private static string? Check(JsonElement step, WitnessResponse response, NoteVerifier verifier)
    {
        if (response.Status != step.GetProperty("status").GetInt32())
        {
            return $"answers {response.Status}: {response.Body}";
        }

        if (step.TryGetProperty("responseBody", out var body) && body.GetString() != response.Body)
        {
            return $"answers {response.Body}";
        }

        var text = step.Text("body");
        var note = text[(text.IndexOf("\n\n", StringComparison.Ordinal) + 2)..] + response.Body;
        return response.Status != 200 || SignedNote.Parse(note).Verify([verifier]).IsVerified ? null : "answers without its cosignature";
    }
}
