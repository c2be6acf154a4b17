using System.Text;
using Kfm.Gates.Rego;
using Kfm.Ledger;
using Kfm.Ledger.Entries;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Json;
using Kfm.Provenance.Signing;

namespace Kfm.Agent.Tests.Readme;

/// <summary>The README's quick start, between the two markers, word for word.</summary>
internal static class QuickStart
{
    internal static string Run(string directory, TimeProvider clock)
    {
        // README
        // Decide: any Rego policy, in process.
        var policy = RegoEngine.Compile([new RegoModule("deploy.rego", """
            package deploy
            default allow := false
            allow if { input.tests.failed == 0; input.tier in {"low", "medium"} }
            """)]);
        var input = """{"tier": "low", "tests": {"failed": 0}}"""u8;
        var decision = policy.Prepare("data.deploy.allow").Evaluate(RegoValue.Parse(input));

        // Sign: the canonical bytes (RFC 8785) of the decision, in a DSSE envelope.
        var record = $$"""{"allow": {{Encoding.UTF8.GetString(decision.ToCanonicalJson()!)}}, "input": "{{CanonicalJson.Hash(input)}}"}""";
        var canonical = CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(record));
        using var key = EcdsaSigningKey.Create();
        var envelope = DsseEnvelope.Sign("application/json", canonical, key).ToJson();

        // Remember: append the envelope's digest to a transparency log, and prove offline that it is there.
        using var log = TransparencyLog.Open(new LogOptions
        {
            Path = Path.Combine(directory, "ledger.db"),
            Origin = "example.com/ledger",
            Signer = key,
            TimeProvider = clock,
        });
        var receipts = log.Append([new LedgerEntry
        {
            Kind = LedgerEntryKind.Decision, Repository = "https://example.com/r", Subject = Digest.Of(envelope), Time = clock.GetUtcNow(),
        }]);
        var proof = log.ProveInclusion(receipts[0].Index).ToString();
        // README
        return proof;
    }
}
