using System.Diagnostics;
using System.Globalization;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Sigstore;

namespace Kfm.Benchmarks.Areas;

/// <summary>Verification of Sigstore bundles from JSON, with the trusted root loaded; npm's verifier beside it where it is installed.</summary>
public sealed class SigstoreArea : Area
{
    private const string Identity =
        "https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main";

    private const string Recorded = "sigstore-dotnet, recorded 2026-11-21";
    private const int Threads = 4;

    // npm's verifier, warm: the median of nine rounds in milliseconds.
    private const string Script = """
        const fs = require('fs');
        const { Verifier, toSignedEntity, toTrustMaterial } = require('@sigstore/verify');
        const { TrustedRoot } = require('@sigstore/protobuf-specs');
        const { bundleFromJSON } = require('@sigstore/bundle');
        const [root, bundle, artifact] = process.argv.slice(1).map((f) => fs.readFileSync(f));
        const verifier = new Verifier(toTrustMaterial(TrustedRoot.fromJSON(JSON.parse(root))));
        const once = () => verifier.verify(toSignedEntity(bundleFromJSON(JSON.parse(bundle)), artifact));
        for (let i = 0; i < 50; i++) once();
        const rounds = [];
        for (let r = 0; r < 9; r++) { const s = performance.now(); for (let i = 0; i < 30; i++) once(); rounds.push((performance.now() - s) / 30); }
        console.log(rounds.sort((a, b) => a - b)[4]);
        """;

    /// <inheritdoc/>
    public override string Name => "attestations";

    /// <inheritdoc/>
    public override IEnumerable<Row> Measure()
    {
        var suite = Inputs(Path.Combine("..", "conformance", "sigstore"));
        foreach (var (name, folder, milliseconds, bytes) in new[]
        {
            ("Rekor v1, hashedrekord", "happy-path-v0.3", 3.6, 140 * 1024),
            ("Rekor v2 and timestamp", "rekor2-happy-path", 5.7, 107 * 1024),
            ("Rekor v2 and timestamp, envelope", "rekor2-dsse-happy-path", 3.9, 156 * 1024),
        })
        {
            var one = Path.Combine(suite, "bundle-verify", folder);
            var verify = Verification(suite, one);
            var warm = Measurement.Of(verify);
            yield return new($"bundle verify, {name}", warm.Nanoseconds / 1e6, "ms", milliseconds, Recorded);
            if (Npm(suite, one) is { } npm)
            {
                yield return new($"bundle verify, {name}", warm.Nanoseconds / 1e6, "ms", npm, "npm @sigstore/verify");
            }

            yield return new($"bundle verify, {name}, allocated", warm.AllocatedBytes, "B/op", bytes, Recorded);
        }

        if (Environment.ProcessorCount >= Threads)
        {
            yield return new("bundles verified on 4 threads", Batch(Verification(suite, Path.Combine(suite, "bundle-verify", "happy-path-v0.3"))), "/s", 775, Recorded);
        }
    }

    private static string Root(string suite, string one) =>
        File.Exists(Path.Combine(one, "trusted_root.json")) ? Path.Combine(one, "trusted_root.json") : Path.Combine(suite, "trusted_root.production.json");

    private static Action Verification(string suite, string one)
    {
        var verifier = new SigstoreVerifier(TrustedRoot.Parse(File.ReadAllBytes(Root(suite, one))));
        var bundle = File.ReadAllBytes(Path.Combine(one, "bundle.sigstore.json"));
        var artifact = SigstoreArtifact.FromDigest(Digest.OfFile(Path.Combine(suite, "bundle-verify", "a.txt")));
        var policy = new IdentityPolicy(CertificateIdentity.Exact(Identity, "https://token.actions.githubusercontent.com"));
        return () =>
        {
            if (verifier.Verify(bundle, artifact, policy).Error is { } error)
            {
                throw new NotMeasuredException($"'{one}' does not verify: {error}");
            }
        };
    }

    // Another bundle or another trust may be refused there: then there is nothing to compare with.
    private static double? Npm(string suite, string one)
    {
        if (Environment.GetEnvironmentVariable("KFM_PEERS_DIR") is not { Length: > 0 } peers || !Directory.Exists(Path.Combine(peers, "node_modules", "@sigstore", "verify")))
        {
            return null;
        }

        try
        {
            var lines = NodePeers.Run("-e", Script, Root(suite, one), Path.Combine(one, "bundle.sigstore.json"), Path.Combine(suite, "bundle-verify", "a.txt"));
            return lines is [.., var last] ? double.Parse(last, CultureInfo.InvariantCulture) : null;
        }
        catch (NotMeasuredException)
        {
            return null;
        }
    }

    private static double Batch(Action verify)
    {
        var limit = TimeSpan.FromSeconds(3);
        var count = 0;
        var start = Stopwatch.GetTimestamp();
        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, _ =>
        {
            while (Stopwatch.GetElapsedTime(start) < limit)
            {
                verify();
                Interlocked.Increment(ref count);
            }
        });
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
