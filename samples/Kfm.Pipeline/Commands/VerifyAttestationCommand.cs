using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Kfm.Pipeline.Attestations;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Terminal;
using Kfm.Pipeline.Verification;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Json;
using Kfm.Provenance.Sigstore;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm verify-attestation</c>: one Sigstore bundle, or one DSSE envelope by its keys; offline, for people who need only this.</summary>
internal static class VerifyAttestationCommand
{
    public static Command Create(HostEnvironment host)
    {
        var file = new Argument<string>("bundle") { Description = "The Sigstore bundle (*.sigstore.json), or with --key the DSSE envelope." };
        var artifact = new Option<string?>("--artifact") { Description = "The file that was signed, or is a subject of the statement." };
        var digest = new Option<string?>("--digest") { Description = "Its SHA-256, in place of the file." };
        var key = new Option<string[]>("--key") { Description = "A public key in PEM that is trusted to sign the envelope; may be given again.", DefaultValueFactory = _ => [] };
        var threshold = new Option<int>("--threshold") { Description = "How many of the keys must have signed.", DefaultValueFactory = _ => 1 };
        var subject = new Option<string[]>("--subject") { Description = "A file or sha256:HEX that must be a subject of the envelope; may be given again.", DefaultValueFactory = _ => [] };
        var type = new Option<string?>("--type") { Description = "The type that the predicate of the envelope must have: a URI or a short name of `kfm attest`." };
        var json = new Option<bool>("--json") { Description = "Print the result as one JSON object." };
        var sigstore = new SigstoreOptionSet();
        var command = new Command("verify-attestation", "Verify a signed claim offline. Exit code: 0 verified, 1 what was given cannot be read, 2 refused.")
        {
            file, artifact, digest, key, threshold, subject, type, json,
        };
        sigstore.AddTo(command);
        VerbAction.Set(command, host, (result, _) =>
        {
            if (result.GetValue(key) is { Length: > 0 } keys)
            {
                var check = new AttestationCheck
                {
                    File = result.GetValue(file)!,
                    Keys = keys,
                    Threshold = result.GetValue(threshold),
                    Subjects = [.. result.GetValue(subject)!, .. new[] { result.GetValue(artifact), result.GetValue(digest) }.OfType<string>()],
                    Type = result.GetValue(type),
                };
                return Task.FromResult(Envelope(check.Run(), result.GetValue(json), host));
            }

            var trust = sigstore.Read(result, host) ?? throw new BundleException("Name whom to trust: --key, or --trusted-root.");
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

    private static int Envelope(AttestationReport report, bool json, HostEnvironment host)
    {
        host.Out.WriteLine(json ? report.ToJson()
            : report.Reason is null ? $"verified: {report.Statement!.PredicateType}, signed by {string.Join(", ", report.Signers)}"
            : $"refused: {report.Reason}");
        return report.Reason is null ? ExitCode.Allow : ExitCode.Deny;
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
