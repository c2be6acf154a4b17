using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Terminal;
using Kfm.Pipeline.Verification;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Json;
using Kfm.Provenance.Sigstore;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm verify-attestation</c>: one Sigstore bundle, offline, for people who need only this.</summary>
internal static class VerifyAttestationCommand
{
    public static Command Create(HostEnvironment host)
    {
        var file = new Argument<string>("bundle") { Description = "The Sigstore bundle (*.sigstore.json)." };
        var artifact = new Option<string?>("--artifact") { Description = "The file that was signed, or is a subject of the statement." };
        var digest = new Option<string?>("--digest") { Description = "Its SHA-256, in place of the file." };
        var json = new Option<bool>("--json") { Description = "Print the result as one JSON object." };
        var sigstore = new SigstoreOptionSet();
        var command = new Command("verify-attestation", "Verify a Sigstore bundle over an artifact offline.") { file, artifact, digest, json };
        sigstore.AddTo(command);
        VerbAction.Set(command, host, (result, _) =>
        {
            var trust = sigstore.Read(result, host) ?? throw new BundleException("Name whom to trust: --trusted-root.");
            var verification = trust.Verifier.Verify(
                File.ReadAllBytes(result.GetValue(file)!), Artifact(result.GetValue(artifact), result.GetValue(digest)), trust.Policy);
            if (result.GetValue(json))
            {
                host.Out.WriteLine(ToJson(verification));
            }
            else
            {
                Print(verification, new RunConsole(host.Out, host.Interactive));
            }

            return Task.FromResult(verification.IsVerified ? ExitCode.Allow : ExitCode.Deny);
        });
        return command;
    }

    private static SigstoreArtifact Artifact(string? path, string? digest) => (path, digest) switch
    {
        ({ } file, null) => SigstoreArtifact.FromFile(file),
        (null, { } text) => SigstoreArtifact.FromDigest(Digest.Parse(text)),
        _ => throw new BundleException("Name what was signed: either --artifact or --digest."),
    };

    private static void Print(SigstoreVerification verification, RunConsole console)
    {
        if (verification.Error is { } error)
        {
            console.Line("refused");
            console.Line("  " + error);
            return;
        }

        console.Line("verified");
        foreach (var (name, value) in Facts(verification))
        {
            console.Line($"  {name}: {value}");
        }
    }

    private static List<(string Name, string Value)> Facts(SigstoreVerification verification)
    {
        List<(string, string)> facts = [];
        facts.AddRange(verification.Certificate?.Names.Select(n => ("signer", n)) ?? [("key", verification.Key!.Key.KeyId)]);
        facts.AddRange(verification.Certificate?.Issuer is { } issuer ? [("issuer", issuer)] : []);
        facts.AddRange(verification.Times.Select(t => ("time", $"{t.Time:O} {t.Authority}")));
        facts.AddRange(verification.LogEntries.Select(e => ("log", $"{e.Log} {e.LogIndex} {e.Kind} {e.Version}")));
        facts.AddRange(verification.Warnings.Select(w => ("warning", w)));
        return facts;
    }

    private static string ToJson(SigstoreVerification verification)
    {
        var json = new JsonObject { ["command"] = "verify-attestation", ["result"] = verification.IsVerified ? "verified" : "refused" };
        if (verification.Error is { } error)
        {
            json["error"] = new JsonObject { ["stage"] = $"{error.Stage}", ["code"] = $"{error.Code}", ["message"] = error.Message, ["path"] = error.Path };
        }
        else
        {
            json["facts"] = new JsonArray([.. Facts(verification).Select(f => (JsonNode)new JsonObject { ["name"] = f.Name, ["value"] = f.Value })]);
            json["claims"] = new JsonObject((verification.Certificate?.Claims ?? new Dictionary<int, string>())
                .Select(c => KeyValuePair.Create($"{(FulcioClaim)c.Key}", (JsonNode?)c.Value)));
        }

        return Encoding.UTF8.GetString(CanonicalJson.Canonicalize(json));
    }
}
