using System.Text;
using System.Text.Json.Nodes;
using Kfm.Agent.Autonomy;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Verification;
using Kfm.Provenance.Json;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Tests.Tampering;

/// <summary>Approvals that must not count; each is refused, and none of them turns a review into allow.</summary>
[Collection(SharedDemo.Name)]
public sealed class ApprovalAttackTests(DemoRun demo)
{
    private ApprovalStatement Good
    {
        get
        {
            var graph = Forger.Graph(demo.Bundle("review"));
            return new ApprovalStatement(graph.Decision!.Decision, graph.Trace.HeadCommit, "lead", "person:lead", new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero));
        }
    }

    [Fact]
    public async Task Approval_of_the_lead_counts() => Assert.Equal("allow", (await VerifyAsync(Sign(Good, "lead"))).Effective);

    [Fact]
    public async Task Approval_of_another_decision_is_refused() =>
        await RefusedAsync(Sign(Good with { Decision = Forger.Graph(demo.Bundle("allowed")).Decision!.Decision }, "lead"), "another decision");

    [Fact]
    public async Task Approval_of_another_head_is_refused() =>
        await RefusedAsync(Sign(Good with { Head = new string('a', 40) }, "lead"), "another head");

    [Fact]
    public async Task Approval_in_a_role_that_is_not_the_persons_is_refused() =>
        await RefusedAsync(Sign(Good with { Person = "person:security" }, "security"), "does not have the role");

    [Fact]
    public async Task Approval_in_the_name_of_somebody_else_is_refused() =>
        await RefusedAsync(Sign(Good, "manager"), "no key");

    [Fact]
    public async Task Approval_of_a_person_whom_nobody_knows_is_refused() =>
        await RefusedAsync(Sign(Good with { Person = "person:nobody" }, "lead"), "not in the people file");

    [Fact]
    public async Task Approval_by_the_key_that_sealed_the_bundle_is_refused() =>
        await RefusedAsync(Sign(Good, "signing"), "belongs to", Trust("person:lead", "signing"));

    [Fact]
    public async Task Approval_by_the_author_is_refused() =>
        await RefusedAsync(Sign(Good with { Person = "person:author" }, "lead"), "wrote the intent", Trust("person:author", "lead"));

    [Fact]
    public async Task Approval_in_a_role_that_is_not_asked_for_is_refused() =>
        await RefusedAsync(Sign(Good with { Role = "manager", Person = "person:manager" }, "manager"), "not required", role: "manager");

    [Fact]
    public async Task Approval_of_another_payload_type_is_refused()
    {
        using var key = LocalSigningKey.Load(demo.Key("lead"));
        await RefusedAsync(DsseEnvelope.Sign("application/json", Good.ToUtf8(), key).ToJson(), "no key");
    }

    [Fact]
    public async Task Approval_with_two_signatures_is_refused()
    {
        using var lead = LocalSigningKey.Load(demo.Key("lead"));
        using var manager = LocalSigningKey.Load(demo.Key("manager"));
        await RefusedAsync(DsseEnvelope.Sign(ApprovalStatement.PayloadType, Good.ToUtf8(), [lead, manager]).ToJson(), "more than one");
    }

    [Fact]
    public async Task Second_approval_of_one_role_is_refused()
    {
        var bundle = demo.Copy("review");
        Add(bundle, Sign(Good, "lead"), "lead");

        Refused.Assert(await demo.VerifyAsync(bundle), "second", rule: "approval");
    }

    [Theory]
    [InlineData("predicateType", "\"https://kfm.dev/predicates/seal/v1\"")]
    [InlineData("_type", "\"https://in-toto.io/Statement/v0.1\"")]
    [InlineData("subject", "[]")]
    [InlineData("subject", "[{\"name\":\"decision.json\"}]")]
    [InlineData("subject", "\"decision.json\"")]
    [InlineData("extra", "1")]
    [InlineData("predicate", "null")]
    public async Task Statement_of_another_form_is_refused(string member, string value)
    {
        var root = (JsonObject)JsonNode.Parse(Good.ToUtf8())!;
        root[member] = JsonNode.Parse(value);
        await RefusedAsync(Sign(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(root.ToJsonString())), "lead"), "");
    }

    [Fact]
    public async Task Statement_about_a_second_subject_is_refused()
    {
        var root = (JsonObject)JsonNode.Parse(Good.ToUtf8())!;
        root["subject"]!.AsArray().Add(root["subject"]![0]!.DeepClone());
        await RefusedAsync(Sign(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(root.ToJsonString())), "lead"), "one subject");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("{\"payload\":\"e30=\",\"payloadType\":\"application/vnd.in-toto+json\",\"signatures\":[]}\n")]
    [InlineData("{\"payload\":\"e30=\",\"payload\":\"e30=\",\"payloadType\":\"x\",\"signatures\":[{\"sig\":\"AA==\"}]}\n")]
    [InlineData("{\"payload\":\"!\",\"payloadType\":\"x\",\"signatures\":[{\"sig\":\"AA==\"}]}\n")]
    public async Task File_that_is_no_envelope_is_refused(string text) => await RefusedAsync(Encoding.UTF8.GetBytes(text), "");

    [Fact]
    public async Task Bytes_behind_an_approval_are_refused()
    {
        await RefusedAsync([.. Sign(Good, "lead"), (byte)'\n'], "");
        await RefusedAsync([.. Sign(Good, "lead"), .. "{}"u8], "");
    }

    [Fact]
    public async Task Approval_under_another_name_is_refused()
    {
        var bundle = demo.Copy("review");
        var file = Directory.GetFiles(Path.Combine(bundle, BundleFiles.Approvals)).Single();
        File.Move(file, Path.Combine(bundle, BundleFiles.Approvals, "manager-000000000000.dsse.json"));

        Refused.Assert(await demo.VerifyAsync(bundle), "name", "approvals/manager-000000000000.dsse.json", "approval.name");
    }

    [Fact]
    public async Task Seal_is_no_approval_and_approval_is_no_seal()
    {
        await RefusedAsync(File.ReadAllBytes(Path.Combine(demo.Bundle("review"), BundleFiles.Seal)), "");
        var bundle = demo.Copy("review");
        File.WriteAllBytes(Path.Combine(bundle, BundleFiles.Seal), Sign(Good, "lead"));
        Refused.Assert(await demo.VerifyAsync(bundle), "seal", "seal.dsse.json", "seal.subject");
    }

    [Fact]
    public async Task Approval_is_checked_also_where_the_caller_names_no_people()
    {
        var trust = (JsonObject)JsonNode.Parse(File.ReadAllText(demo.Trust))!;
        trust["people"] = null;
        var path = Write(trust);

        var result = await demo.VerifyAsync(demo.Bundle("review"), path);
        Assert.Equal(("verified", "review", 3), (result.Result, result.Effective, result.ExitCode));
        await RefusedAsync(Sign(Good with { Head = new string('a', 40) }, "lead"), "another head", path);
    }

    [Theory]
    [InlineData("manager", "not required")]
    [InlineData("lead", "granted already")]
    public async Task Command_adds_nothing_that_does_not_count(string role, string reason)
    {
        var bundle = demo.Copy("review");
        var before = DirectoryTree.Files(bundle);

        var result = await demo.RunAsync("approve", bundle, "--role", role, "--key", demo.Key(role), "--trust", demo.Trust, "--ledger", Path.Combine(demo.NewDirectory(), "none.db"));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(reason, result.Output);
        Assert.Equal(before, DirectoryTree.Files(bundle));
    }

    [Fact]
    public async Task Command_approves_nothing_that_nobody_vouches_for()
    {
        var trust = (JsonObject)JsonNode.Parse(File.ReadAllText(demo.Trust))!;
        trust["signers"] = new JsonArray();
        var bundle = demo.Copy("review");
        Directory.Delete(Path.Combine(bundle, BundleFiles.Approvals), recursive: true);

        var result = await demo.RunAsync("approve", bundle, "--role", "lead", "--key", demo.Key("lead"), "--trust", Write(trust));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("vouches", result.Output);
    }

    private byte[] Sign(ApprovalStatement statement, string key) => Sign(statement.ToUtf8(), key);

    private byte[] Sign(byte[] payload, string key)
    {
        using var signer = LocalSigningKey.Load(demo.Key(key));
        return DsseEnvelope.Sign(ApprovalStatement.PayloadType, payload, signer).ToJson();
    }

    private static void Add(string bundle, byte[] envelope, string role)
    {
        var path = Path.Combine(bundle, BundleApprovals.Name(role, envelope));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, envelope);
    }

    private async Task<VerifyResult> VerifyAsync(byte[] envelope, string? trust = null, string role = "lead")
    {
        var bundle = demo.Copy("review");
        Directory.Delete(Path.Combine(bundle, BundleFiles.Approvals), recursive: true);
        Add(bundle, envelope, role);
        return await demo.VerifyAsync(bundle, trust);
    }

    private async Task RefusedAsync(byte[] envelope, string reason, string? trust = null, string role = "lead")
    {
        var result = await VerifyAsync(envelope, trust, role);
        Refused.Assert(result, reason, BundleApprovals.Name(role, envelope), "approval");
        Assert.Contains(result.Findings, f => f.Contains(reason, StringComparison.Ordinal));
    }

    // Gives the key of one person to another, who has the role of a lead.
    private string Trust(string id, string key)
    {
        using var signer = LocalSigningKey.Load(demo.Key(key));
        var trust = (JsonObject)JsonNode.Parse(File.ReadAllText(demo.Trust))!;
        trust["people"]!["people"] = new JsonArray(new JsonObject
        {
            ["id"] = id,
            ["roles"] = new JsonArray("lead"),
            ["keys"] = new JsonArray(signer.PublicKey.ToPem()),
        });
        return Write(trust);
    }

    private string Write(JsonObject trust)
    {
        var path = Path.Combine(demo.NewDirectory(), "trust.json");
        File.WriteAllText(path, trust.ToJsonString());
        return path;
    }
}
