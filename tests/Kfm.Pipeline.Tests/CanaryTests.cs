using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Kfm.Agent.Codegen;
using Kfm.Agent.Designs;
using Kfm.Agent.Intents;
using Kfm.Agent.Processes;
using Kfm.Pipeline.Stages;
using Kfm.Provenance.Signing;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests;

/// <summary>Secrets, tokens and prompt text are planted wherever a run may meet them; afterwards every byte that it left is searched.</summary>
public sealed class CanaryTests : IDisposable
{
    private const string HostToken = "canary-host-bluebird-41";
    private const string BuildToken = "canary-build-redstart-42";
    private const string AgentToken = "canary-agent-goldcrest-43";
    private const string TemplateText = "canary template wren forty-four";
    private const string FileText = "canary file of the repository dunnock forty-five";
    private const string HomeText = "canary-home-siskin-46";
    private const string OutputText = "canary printed by the agent linnet forty-seven";
    private static readonly string GitHubToken = "ghp_" + "7Hq2Zr8Kx0vN3tY5wLb1sDf6GjPc9MaQe4Ru";

    private readonly KfmHost _host = new();
    private readonly GitRepository _git = new();
    private readonly StringBuilder _said = new();

    public CanaryTests()
    {
        Environment.SetEnvironmentVariable("CANARY_HOST_TOKEN", HostToken);
        Environment.SetEnvironmentVariable("CANARY_BUILD_TOKEN", BuildToken);
        Environment.SetEnvironmentVariable("CANARY_AGENT", AgentToken);
        EcdsaSigningKey.Create().Save(_host.PathOf("signing.pem"));
        using var lead = EcdsaSigningKey.Create();
        lead.Save(_host.PathOf("lead.pem"));
        Plant(lead);
    }

    [Theory]
    [InlineData("command")]
    [InlineData("replay")]
    [InlineData("patch")]
    [InlineData("head")]
    public async Task No_canary_is_in_anything_that_a_run_leaves(string source)
    {
        _git.Write("src/pass", "");
        _git.Commit("pass");
        await RunAsync(["run", .. Common, "--intent", "Add a feature", .. await ProposalAsync(source)]);
        await RunAsync("approve", Out, "--role", "lead", "--key", _host.PathOf("lead.pem"), "--ledger", Ledger);
        await RunAsync("verify", Out);
        await RunAsync("verify", Out, "--json");
        await RunAsync("ledger", "export", Ledger, "--out", _host.PathOf("export.zip"));

        AssertNoCanary();

        // The search finds what is there: the intent, the change, and a decision that was sealed.
        var everything = Everything();
        Assert.Contains("Add a feature", everything, StringComparison.Ordinal);
        Assert.Contains("+two", everything, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Out, "ledger.proof")), _said.ToString());
    }

    [Theory]
    [InlineData("echo \"$CANARY_AGENT\" >>src/a.txt")]
    [InlineData("echo \"$CANARY_AGENT\" | base64 >>src/a.txt")]
    [InlineData("cat \"$KFM_PROMPT_FILE\" >&2; cat \"$KFM_PROMPT_FILE\"; exit 9")]
    [InlineData("cat \"$KFM_PROMPT_FILE\" >\"$KFM_SESSION_LOG\"; echo x >>src/a.txt")]
    [InlineData("echo \"{\\\"kfmSession\\\":1,\\\"model\\\":{\\\"name\\\":\\\"$(tail -c 60 \"$KFM_PROMPT_FILE\" | tr -d '\\n')\\\"}}\" >\"$KFM_SESSION_LOG\"; echo x >>src/a.txt")]
    [InlineData("echo x >\"$CANARY_AGENT\"; ln -s x \"l-$CANARY_AGENT\"")]
    public async Task Agent_that_tries_to_leave_a_canary_leaves_none(string script)
    {
        await RunAsync(["run", .. Common, "--intent", "Add a feature", "--agent-command", "sh", "-c", script]);

        AssertNoCanary();
    }

    [Fact]
    public async Task Secret_of_the_intent_stays_out()
    {
        await RunAsync(["run", .. Common, "--intent", "Use " + GitHubToken, "--agent-command", "sh", "-c", "echo x >>src/a.txt"]);
        Assert.DoesNotContain(GitHubToken, Everything(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _host.Dispose();
        _git.Dispose();
    }

    private string Out => _host.PathOf("out");

    private string Ledger => _host.PathOf("ledger/log.db");

    private string[] Common => ["--repo", _git.Path, "--out", Out, "--run-id", "1", "--key", _host.PathOf("signing.pem"), "--ledger", Ledger];

    private void Plant(LocalSigningKey lead)
    {
        var settings = new JsonObject
        {
            ["formatVersion"] = 1,
            ["project"] = new JsonObject { ["name"] = "canary" },
            ["environment"] = new JsonObject { ["allow"] = new JsonArray("CANARY_BUILD_TOKEN") },
            ["agent"] = new JsonObject { ["environment"] = new JsonArray("CANARY_AGENT") },
            ["lint"] = SmallRepository.Step("echo \"error: $CANARY_BUILD_TOKEN\"; echo \"$CANARY_BUILD_TOKEN\" >&2; test -f src/pass"),
            ["components"] = new JsonObject { ["feature"] = new JsonArray("src/**") },
            ["people"] = "people.json",
        };
        _git.Write("kfm.json", settings.ToJsonString());
        _git.Write("people.json", new JsonObject
        {
            ["formatVersion"] = 1,
            ["people"] = new JsonArray(new JsonObject { ["id"] = "person:lead", ["name"] = "Lead", ["roles"] = new JsonArray("lead"), ["keys"] = new JsonArray(lead.PublicKey.ToPem()) }),
        }.ToJsonString());
        foreach (var id in new[] { "codegen-tree", "codegen-diff" })
        {
            _git.Write($"templates/prompts/{id}.md", $"---\nid: {id}\nversion: 1\n---\n{TemplateText}\n{{{{intent}}}}\n{{{{design}}}}\n{(id == "codegen-diff" ? "{{files}}\n" : "")}");
        }

        _git.Write("src/a.txt", "one\n");
        _git.Write("src/shown.txt", FileText + "\n");
        _git.Commit("base");
        _host.Write("state/home.txt", HomeText);
    }

    private async Task<string[]> ProposalAsync(string source)
    {
        const string Patch = "diff --git a/src/a.txt b/src/a.txt\n--- a/src/a.txt\n+++ b/src/a.txt\n@@ -1 +1,2 @@\n one\n+two\n";
        switch (source)
        {
            case "command":
                return ["--agent-command", "sh", "-c", $"cat; echo '{OutputText}'; echo '{OutputText}' >&2; cat '{_host.PathOf("state/home.txt")}' '{_host.PathOf("signing.pem")}'; cat src/shown.txt; echo '{OutputText}' >\"$KFM_SESSION_LOG\"; env >&2; echo two >>src/a.txt"];
            case "patch":
                return ["--patch", _host.Write("p.diff", Patch)];
            case "head":
                _git.Write("src/a.txt", "one\ntwo\n");
                _git.Commit("change");
                return ["--head", "HEAD"];
            default:
                return ["--replay", _host.Write("replay.json", await RecordAsync(Patch))];
        }
    }

    private async Task<string> RecordAsync(string patch)
    {
        var at = await RepositoryBase.OpenAsync(new ProcessRunner(new ProcessTimer(TimeProvider.System)), _git.Path, "HEAD", default);
        var intent = IntentClassifier.Classify(new Intent("Add a feature", "command-line", null, "person:unknown", at.Epoch), [.. at.Settings.Components.Select(c => c.Name)]);
        var template = await BaseTemplate.ReadAsync(at, "codegen-diff", default);
        var design = await BaseDesign.CreateAsync(at, intent, default);
        var request = await AgentRequest.CreateAsync(at, intent, design.Text, _ => { }, default, template.Template);
        Assert.Contains(TemplateText, request.Prompt, StringComparison.Ordinal);
        return Encoding.UTF8.GetString(ReplayFile.Empty.Record(request, new CodegenResponse(patch, "1")).ToBytes());
    }

    private async Task RunAsync(params string[] args)
    {
        var result = await _host.RunAsync(args);
        _said.Append(result.Output).Append(result.Error);
    }

    private void AssertNoCanary()
    {
        var key = File.ReadAllLines(_host.PathOf("signing.pem"))[1];
        var everything = Everything();
        foreach (var canary in new[] { HostToken, BuildToken, AgentToken, TemplateText, FileText, HomeText, OutputText, GitHubToken, key })
        {
            Assert.DoesNotContain(canary, everything, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(canary)), everything, StringComparison.Ordinal);
        }
    }

    /// <summary>All bytes that are left for others: bundle, ledger, export, what was printed, and what the branch adds to the base.</summary>
    private string Everything()
    {
        var text = new StringBuilder(_said.ToString());
        string[] roots = [Out, _host.PathOf("ledger")];
        foreach (var file in roots.Where(Directory.Exists).SelectMany(r => Directory.EnumerateFiles(r, "*", SearchOption.AllDirectories)).Append(_host.PathOf("export.zip")).Where(File.Exists))
        {
            text.Append(file).Append('\n');
            Add(text, file, File.ReadAllBytes(file));
        }

        return text.Append(_git.Run("log", "-p", "--all", "--format=%B%an%ae", "--not", "main~0", "--")).ToString();
    }

    private static void Add(StringBuilder text, string name, byte[] bytes)
    {
        text.Append(Encoding.Latin1.GetString(bytes));
        if (bytes.AsSpan().StartsWith("PK"u8))
        {
            using var zip = new ZipArchive(new MemoryStream(bytes));
            foreach (var entry in zip.Entries)
            {
                using var content = new MemoryStream();
                using var stream = entry.Open();
                stream.CopyTo(content);
                Add(text, entry.FullName, content.ToArray());
            }
        }
        else if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            using var content = new MemoryStream();
            gzip.CopyTo(content);
            Add(text, name, content.ToArray());
        }
    }
}
