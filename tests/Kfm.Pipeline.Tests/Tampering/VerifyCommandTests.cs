using System.Text.Json.Nodes;
using Kfm.Pipeline.Bundles;

namespace Kfm.Pipeline.Tests.Tampering;

/// <summary>What the command says to wrong input, and what it needs.</summary>
[Collection(SharedDemo.Name)]
public sealed class VerifyCommandTests(DemoRun demo)
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{\"formatVersion\":1}")]
    [InlineData("{\"formatVersion\":2,\"signers\":[],\"logs\":[]}")]
    [InlineData("{\"formatVersion\":\"1\",\"signers\":[],\"logs\":[]}")]
    [InlineData("{\"formatVersion\":1,\"signers\":[],\"logs\":[]}{}")]
    [InlineData("{\"formatVersion\":1,\"signers\":[],\"signers\":[],\"logs\":[]}")]
    [InlineData("{\"formatVersion\":1,\"signers\":[],\"logs\":[],\"other\":1}")]
    [InlineData("{\"formatVersion\":1,\"signers\":[null],\"logs\":[]}")]
    [InlineData("{\"formatVersion\":1,\"signers\":{},\"logs\":[]}")]
    [InlineData("{\"formatVersion\":1,\"signers\":[\"-----BEGIN PUBLIC KEY-----\\nAAAA\\n-----END PUBLIC KEY-----\"],\"logs\":[]}")]
    [InlineData("{\"formatVersion\":1,\"signers\":[],\"logs\":[\"name+00000000+AA==\"]}")]
    [InlineData("{\"formatVersion\":1,\"signers\":[],\"logs\":[],\"policySet\":\"sha256:\"}")]
    [InlineData("{\"formatVersion\":1,\"signers\":[],\"logs\":[],\"policySet\":7}")]
    [InlineData("{\"formatVersion\":1,\"signers\":[],\"logs\":[],\"people\":[]}")]
    [InlineData("{\"formatVersion\":1,\"signers\":[],\"logs\":[],\"people\":{\"formatVersion\":1,\"people\":[{\"id\":\"ai:x\",\"roles\":[],\"keys\":[]}]}}")]
    public async Task Trust_file_that_is_none_ends_with_a_message(string text)
    {
        var path = Path.Combine(demo.NewDirectory(), "trust.json");
        File.WriteAllText(path, text);

        Message(await demo.VerifyAsync(demo.Bundle("allowed"), path), "trust file: ");
    }

    [Fact]
    public async Task Trust_file_that_cannot_be_read_ends_with_a_message()
    {
        Message(await demo.VerifyAsync(demo.Bundle("allowed"), Path.Combine(demo.Path, "nowhere.json")), "nowhere.json");
        Message(await demo.VerifyAsync(demo.Bundle("allowed"), demo.Path), "denied");
        var large = Path.Combine(demo.NewDirectory(), "large.json");
        using (var file = new FileStream(large, FileMode.Create))
        {
            file.SetLength(1L << 36);
        }

        Message(await demo.VerifyAsync(demo.Bundle("allowed"), large), "more than");
    }

    [Fact]
    public async Task Directory_that_is_no_bundle_ends_with_a_message()
    {
        Message(await demo.VerifyAsync(demo.NewDirectory()), "no bundle");
        Message(await demo.VerifyAsync(demo.Path), "no bundle");
        Message(await demo.VerifyAsync(Path.Combine(demo.Path, "nowhere")), "no bundle");
        Message(await demo.VerifyAsync(demo.Trust), "no bundle");
    }

    [Theory]
    [InlineData("sha256:x  ../../etc/passwd\n")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000  ../../etc/passwd\n")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000  /etc/passwd\n")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000  a\\b\n")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000  ./evidence.json\n")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000 *evidence.json\n")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000  evidence.json")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000  seal.dsse.json\n")]
    [InlineData("")]
    [InlineData("\n")]
    public async Task Sums_with_tricks_are_refused(string text)
    {
        var bundle = demo.Copy("denied");
        File.WriteAllText(Path.Combine(bundle, BundleFiles.Sums), text);

        Refused.Assert(await demo.VerifyAsync(bundle), text, BundleFiles.Sums);
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("../trust.json")]
    [InlineData("approvals/../../trust.json")]
    public async Task Record_that_names_a_path_out_of_the_bundle_reads_nothing(string name)
    {
        var bundle = demo.Copy("denied");
        var graph = Forger.Graph(bundle);
        var layer = new Provenance.Evidence.EvidenceBuilder()
            .Add(graph.At(1).Facts.Facts.Select(f => f is Provenance.Evidence.Artifact { Name: "intent.json" } a ? a with { Name = name } : f))
            .Freeze(graph.Trace);
        File.WriteAllBytes(Path.Combine(bundle, BundleFiles.Evidence), layer.Extend(graph.Layers[1].Facts).ToJson());

        Refused.Assert(await demo.VerifyAsync(bundle), name, name, "file.missing");
    }

    [Fact]
    public async Task Text_names_every_finding_in_one_line()
    {
        var bundle = demo.Copy("allowed");
        File.AppendAllText(Path.Combine(bundle, "decision.json"), " ");

        var result = await demo.RunAsync("verify", bundle, "--trust", demo.Trust);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("refused\n", result.Output);
        Assert.Contains("\n  sums.changed decision.json: ", result.Output);
        Assert.Contains("no verdict", result.Output);
    }

    [Fact]
    public async Task Json_has_its_published_members()
    {
        var result = await demo.VerifyAsync(demo.Bundle("review"));

        Assert.Equal(
            ["approvals", "command", "effective", "exitCode", "findings", "missing", "notes", "overrides", "result", "signer", "signerEstablished", "verdict"],
            result.Json!.Select(m => m.Key));
        Assert.Equal("review", result.Json!["verdict"]!.ToString());
        Assert.Equal("person:lead", result.Json["approvals"]![0]!["person"]!.ToString());
    }

    [Fact]
    public async Task Without_trust_the_signer_is_not_established()
    {
        var result = VerifyResult.Of(await demo.RunAsync("verify", demo.Bundle("allowed"), "--json"));

        Assert.Equal((3, "consistent, signer not established"), (result.ExitCode, result.Result));
    }

    [Fact]
    public async Task Policies_that_the_caller_does_not_name_are_noted()
    {
        var trust = (JsonObject)JsonNode.Parse(File.ReadAllText(demo.Trust))!;
        trust["policySet"] = null;
        var path = Path.Combine(demo.NewDirectory(), "trust.json");
        File.WriteAllText(path, trust.ToJsonString());

        Assert.Contains("names no policies", (await demo.VerifyAsync(demo.Bundle("allowed"), path)).Json!["notes"]![0]!.ToString());
    }

    [Fact]
    public void Only_types_named_Http_call_the_network()
    {
        var callers = NetworkCalls.OfHostAndLibraries().ToList();

        Assert.NotEmpty(callers);
        Assert.DoesNotContain(callers, c => !c.Type.StartsWith("Http", StringComparison.Ordinal));
    }

    private static void Message(VerifyResult result, string part)
    {
        Assert.True(result.ExitCode == 1 && result.Json is null, result.ToString());
        Assert.StartsWith("kfm: ", result.Error);
        Assert.Contains(part, result.Error);
    }
}
