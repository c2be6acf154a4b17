using System.Text.Json.Nodes;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.InToto;
using Kfm.Provenance.Json;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Tests.Tampering;

/// <summary>An insider with both keys makes all documents agree on something that the policies did not decide.</summary>
[Collection(SharedDemo.Name)]
public sealed class DecisionAttackTests(DemoRun demo)
{
    private const string AllowAll = """
        package kfm
        import rego.v1
        allow := true
        decision := {
            "verdict": "allow", "allow": true,
            "gates": {"contract": "pass", "data_quality": "pass", "security": "pass", "lineage": "pass", "ethics": "pass", "ops": "pass", "autonomy": "pass"},
            "reasons": ["fine"], "required_approvals": [], "stewardship": []
        }
        """;

    [Fact]
    public async Task Rebuilt_bundle_without_a_change_is_verified()
    {
        using var insider = new Insider(demo, "denied");
        insider.Decide(_ => { });
        insider.Finish();

        Assert.Equal("verified", (await demo.VerifyAsync(insider.Bundle)).Result);
    }

    [Fact]
    public async Task Denial_turned_to_allow_is_refused()
    {
        using var insider = new Insider(demo, "denied");
        insider.Decide(Allow);
        insider.Finish();

        var result = await demo.VerifyAsync(insider.Bundle);
        Refused.Assert(result, "allow", "decision.json", "decision.replay");
        Assert.All(result.Rules, r => Assert.Equal("decision.replay", r));
    }

    [Fact]
    public async Task Bill_that_is_attested_to_another_artifact_is_refused()
    {
        using var insider = new Insider(demo, "allowed");
        var path = Path.Combine(insider.Bundle, BundleFiles.SbomStatement);
        var statement = (JsonObject)JsonNode.Parse(DsseEnvelope.Parse(await File.ReadAllBytesAsync(path)).Payload.Span)!;
        statement["subject"]![0]!["digest"]!["sha256"] = new string('0', 64);
        var payload = CanonicalJson.Canonicalize(System.Text.Encoding.UTF8.GetBytes(statement.ToJsonString()));
        await File.WriteAllBytesAsync(path, DsseEnvelope.Sign(Statement.PayloadType, payload, insider.Signing).ToJson());
        insider.Finish();

        Refused.Assert(await demo.VerifyAsync(insider.Bundle), "allow", BundleFiles.SbomStatement, "attestation.sbom");
    }

    [Theory]
    [InlineData("allowed")]
    [InlineData("review")]
    public async Task Required_approval_that_was_removed_is_refused(string name)
    {
        using var insider = new Insider(demo, name);
        insider.Decide(d => d["reasons"] = new JsonArray("fine"));
        insider.Finish();

        Refused.Assert(await demo.VerifyAsync(insider.Bundle), name, rule: "decision.replay");
    }

    [Fact]
    public async Task Failed_check_that_passes_in_the_context_is_refused()
    {
        using var insider = new Insider(demo, "denied");
        insider.Context(c => c["checks"]!["secrets.answer"] = new JsonObject { ["stage"] = "agent", ["status"] = "passed", ["detail"] = null });
        insider.Finish();

        Refused.Assert(await demo.VerifyAsync(insider.Bundle), "context", "context.json", "context.projection");
    }

    [Fact]
    public async Task Document_that_the_context_invents_is_refused()
    {
        using var insider = new Insider(demo, "allowed");
        insider.Context(c => c["provenance"]!["documents"]!.AsArray().Single(d => d!["name"]!.ToString() == "prov/run.jsonld")!["digest"] = "sha256:" + new string('0', 64));
        insider.Finish();

        Refused.Assert(await demo.VerifyAsync(insider.Bundle), "context", "context.json", "context.documents");
    }

    [Fact]
    public async Task Time_of_the_context_that_is_not_the_gates_is_refused()
    {
        using var insider = new Insider(demo, "allowed");
        insider.Context(c => c["time"] = "2020-01-01T00:00:00.000Z");
        insider.Finish();

        Refused.Assert(await demo.VerifyAsync(insider.Bundle), "context", "context.json", "context.time");
    }

    [Fact]
    public async Task Swapped_policies_are_refused_by_the_callers_digest_alone()
    {
        using var insider = new Insider(demo, "denied");
        insider.Policies(AllowAll);
        insider.Finish();

        var result = await demo.VerifyAsync(insider.Bundle);
        Refused.Assert(result, "policies", "policies", "policy.trust");
        Assert.Equal(["policy.trust"], result.Rules);
    }

    private static void Allow(JsonObject decision)
    {
        decision["verdict"] = "allow";
        decision["allow"] = true;
        decision["required_approvals"] = new JsonArray();
        decision["stewardship"] = new JsonArray();
        foreach (var gate in decision["gates"]!.AsObject().Select(g => g.Key).ToArray())
        {
            decision["gates"]![gate] = "pass";
        }
    }
}
