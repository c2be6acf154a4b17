using System.Text.Json.Nodes;
using Kfm.Agent.Configuration;
using Kfm.Gates.Packs;
using Kfm.Gates.Policies;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Stages;
using Kfm.Pipeline.Tests.Formats;
using Kfm.Pipeline.Verification;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests.Init;

public sealed class InitTests : IDisposable
{
    private static readonly string[] Workflows =
    [
        "ai_codegen_propose.yml", "ai_codegen_preview_build.yml", "ai_codegen_qc.yml", "ai_codegen_provenance.yml", "ai_codegen_policy_gate.yml",
    ];

    private readonly KfmHost _host = new();
    private readonly GitRepository _git = new();

    [Fact]
    public async Task Init_writes_the_whole_layout()
    {
        _git.Write("Small.slnx", "<Solution />\n");
        await InitAsync("--name", "small");

        Assert.All(Workflows, name => Assert.True(File.Exists(At(".github/workflows/" + name)), name));
        string[] others =
        [
            ".github/actions/kfm/action.yml", ".github/PULL_REQUEST_TEMPLATE.md", ".kfm/people.json", "docs/ci/ai-codegen-preview/README.md",
            "schemas/telemetry/ci-v11.json", "schemas/prov/kfm-prov-v11.json", "schemas/lineage/openlineage-v1.json", "policies/opa/ai-codegen.rego",
        ];
        Assert.All(PolicyPacks.Names, name => Assert.True(File.Exists(At($"{PolicyPacks.Folder}/{PolicyPacks.FileName(name)}")), name));
        Assert.All(others, name => Assert.True(File.Exists(At(name)), name));
        var settings = File.ReadAllBytes(At("kfm.json"));
        Assert.Equal(["dotnet", "restore", "Small.slnx"], KfmSettings.Parse(settings).Restore!.Command);
        Assert.True(SchemaFiles.Compile("kfm-v1").Validate(settings).IsValid);
        Assert.Equal(SchemaFiles.Bytes("kfm-v1"), File.ReadAllBytes(At(JsonNode.Parse(settings)!["$schema"]!.GetValue<string>())));
        Assert.Equal(0, (await _host.RunAsync("policy", "test", At("policies/opa"))).ExitCode);
        Assert.All(ShippedPolicies.Modules, m => Assert.Equal(m.Source, File.ReadAllText(At("policies/opa/" + m.Path))));
    }

    [Fact]
    public async Task Init_keeps_what_is_there_and_says_so()
    {
        _git.Write("kfm.json", "mine");
        var first = await InitAsync();
        Assert.Contains("kept      kfm.json", first, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(At("kfm.json")));
        Assert.DoesNotContain("written", await InitAsync(), StringComparison.Ordinal);

        Assert.Contains("written   kfm.json", await InitAsync("--force"), StringComparison.Ordinal);
        Assert.NotEqual("mine", File.ReadAllText(At("kfm.json")));
    }

    [Fact]
    public async Task Dry_run_writes_nothing()
    {
        Assert.Contains("written   kfm.json", await InitAsync("--dry-run"), StringComparison.Ordinal);
        Assert.False(File.Exists(At("kfm.json")));
    }

    [Fact]
    public async Task Directory_that_is_no_repository_and_links_out_of_it_are_refused()
    {
        var result = await _host.RunAsync("init", "--repo", _host.Folder);
        Assert.Equal((1, true), (result.ExitCode, result.Error.Contains("is not the root of a git repository", StringComparison.Ordinal)));

        Directory.CreateDirectory(_host.PathOf("elsewhere"));
        Directory.CreateSymbolicLink(At("policies"), _host.PathOf("elsewhere"));
        result = await _host.RunAsync("init", "--repo", _git.Path);
        Assert.Contains("'policies' is a link", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_host.PathOf("elsewhere")));
    }

    [Fact]
    public async Task Each_workflow_follows_the_one_before_and_keeps_expressions_out_of_its_scripts()
    {
        await InitAsync();
        var workflows = Workflows.Select(Read).ToArray();
        Assert.Null(workflows[0].After);
        Assert.Equal(workflows[..^1].Select(w => w.Name), workflows[1..].Select(w => w.After));
        Assert.All(workflows.SelectMany(w => w.Steps).Select(s => s["run"]?.GetValue<string>() ?? ""), run => Assert.DoesNotContain("${{", run, StringComparison.Ordinal));

        // The jobs that run the code of a proposal have no secret.
        Assert.All(workflows[1..3], w => Assert.DoesNotContain("secrets.", w.Document.ToJsonString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Document it", 0, "# AI proposal: allow")]
    [InlineData("Add an export of parcels to the library", 3, "# AI proposal: review")]
    public async Task Scripts_of_the_workflows_take_a_proposal_to_its_verdict(string intent, int expected, string summary)
    {
        await InitAsync("--name", "small");
        var settings = JsonNode.Parse(File.ReadAllBytes(At("kfm.json")))!.AsObject();
        settings["build"] = SmallRepository.Build("mkdir -p out && cp docs/a.md out/");
        _git.Write("kfm.json", settings.ToJsonString());
        _git.Write("docs/a.md", "one\n");
        _git.Commit("base");
        _git.Run("checkout", "-q", "-b", "proposal");
        _git.Write("docs/a.md", "one\ntwo\n");
        _git.Commit("change");
        _git.Run("checkout", "-q", "-");
        _host.Write("runner/bin/kfm", $"#!/bin/sh\nexec dotnet '{typeof(BundleFiles).Assembly.Location}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_host.PathOf("runner/bin/kfm"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var (signing, log) = (Key("signing.pem"), Key("log.pem"));
        var runner = new WorkflowRunner(_git.Path, _host.PathOf("runner"), new Dictionary<string, string>
        {
            ["inputs.intent"] = intent,
            ["inputs.source"] = "head",
            ["inputs.value"] = "origin/proposal",
            ["github.actor_id"] = "7",
            ["secrets.KFM_SIGNING_KEY"] = File.ReadAllText(signing),
            ["secrets.KFM_LOG_KEY"] = File.ReadAllText(log),
            ["vars.KFM_LEDGER"] = _host.PathOf("ledger.db"),
            ["vars.KFM_TRUST"] = _host.PathOf("trust.json"),
        });

        foreach (var name in Workflows[..^1])
        {
            var (code, output) = await runner.RunAsync(Read(name));
            Assert.True(code == 0, output);
        }

        File.WriteAllBytes(_host.PathOf("trust.json"), Trust(Path.Combine(runner.Temporary, "bundle", BundleFiles.Evidence), signing, log));
        var (verdict, text) = await runner.RunAsync(Read(Workflows[^1]));
        Assert.True(verdict == expected, text);
        Assert.Contains(summary, runner.Summary, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(runner.Temporary, "*.pem"));
    }

    public void Dispose()
    {
        _git.Dispose();
        _host.Dispose();
    }

    private static byte[] Trust(string evidence, string signing, string log)
    {
        var repository = EvidenceGraph.Parse(File.ReadAllBytes(evidence)).Trace.Repository;
        using var signer = LocalSigningKey.Load(signing);
        using var logger = LocalSigningKey.Load(log);
        return TrustFile.Write([signer.PublicKey], [new NoteVerifier(LedgerAccess.Origin(repository), logger.PublicKey)], null, null);
    }

    private string Key(string name)
    {
        using var key = EcdsaSigningKey.Create();
        key.Save(_host.PathOf(name));
        return _host.PathOf(name);
    }

    private Workflow Read(string name) => Workflow.Read(At(".github/workflows/" + name));

    private string At(string path) => System.IO.Path.Combine(_git.Path, path);

    private async Task<string> InitAsync(params string[] more)
    {
        var result = await _host.RunAsync(["init", "--repo", _git.Path, .. more]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        return result.Output;
    }
}
