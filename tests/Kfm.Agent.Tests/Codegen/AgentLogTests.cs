using System.Text;
using Kfm.Agent.Codegen;
using Kfm.Agent.Codegen.Commands;
using Kfm.Agent.Codegen.Commands.Sessions;
using Kfm.Provenance.Digests;
using Kfm.Provenance.JsonSchema;
using Kfm.Testing;

namespace Kfm.Agent.Tests.Codegen;

public sealed class AgentLogTests
{
    private static readonly AgentLog Given = new()
    {
        Source = "patch",
        Seed = null,
        ConfigDigest = null,
        RequestDigest = null,
        Model = null,
        ModelVersion = null,
        PromptReference = null,
        PromptDigest = null,
        PatchDigest = Digest.Of("patch"u8),
    };

    private static readonly AgentLog Log = new()
    {
        Source = "command",
        Template = new TemplateReference("codegen-tree", "1", Digest.Of("template"u8)),
        Command = new CommandFacts("tool", "tool 1.0", Digest.Of("argv"u8), "bubblewrap", false),
        Session = new SessionFacts { Format = "kfm", Digest = Digest.Of("log"u8), Bytes = 3, Model = "m", InputTokens = 1, ToolCalls = 2 },
        Seed = long.MaxValue,
        ConfigDigest = Digest.Of("config"u8),
        RequestDigest = Digest.Of("request"u8),
        Model = "model-1",
        ModelVersion = "model-1.2",
        ToolVersions = new Dictionary<string, string> { ["runner"] = "0.1.0" },
        PromptReference = "intent.json + design.md",
        PromptDigest = Digest.Of("prompt"u8),
        PatchDigest = Digest.Of("patch"u8),
        ChangedFiles = ["a.txt", "b.txt"],
        AnsweredBy = "second",
        Confidence = 0.85,
        Usage = new CodegenUsage(1200, 34),
        Attempts = [new CodegenAttempt("first", CodegenAttemptOutcome.EgressRefused, "not allowed"), new CodegenAttempt("second", CodegenAttemptOutcome.Answered, "")],
    };

    [Fact]
    public void Log_reads_back_as_it_was_written()
    {
        var again = AgentLog.Parse(Log.ToBytes());

        Assert.Equal(Log.ToBytes(), again.ToBytes());
        Assert.Equal((Log.Seed, Log.PromptDigest, Log.PatchDigest, Log.Template, Log.Command, Log.Session), (again.Seed, again.PromptDigest, again.PatchDigest, again.Template, again.Command, again.Session));
    }

    [Fact]
    public void Log_meets_its_schema()
    {
        var schema = CompiledSchema.Compile(AgentLogSchema.Version2());

        Assert.Empty(schema.Validate(Log.ToBytes()).Errors);
        Assert.Empty(schema.Validate(Given.ToBytes()).Errors);
        Assert.False(schema.Validate("{}"u8).IsValid);
    }

    [Fact]
    public void Log_of_a_proposal_that_was_given_reads_back()
    {
        var again = AgentLog.Parse(Given.ToBytes());

        Assert.Equal(("patch", null, null, null), (again.Source, again.Seed, again.Model, again.PromptDigest));
        Assert.Equal(Given.ToBytes(), again.ToBytes());
    }

    [Theory]
    [InlineData("allowed")]
    [InlineData("review")]
    public void Log_of_version_1_is_read(string bundle)
    {
        var bytes = File.ReadAllBytes(RepositoryRoot.Combine("tests", "golden", "v1", bundle, "agent.json"));
        var log = AgentLog.Parse(bytes);

        Assert.True(CompiledSchema.Compile(AgentLogSchema.Version1()).Validate(bytes).IsValid);
        Assert.Equal(("replay", 1337L, "replay"), (log.Source, log.Seed, log.Model));
        Assert.NotEmpty(log.ChangedFiles);
        Assert.Null(log.Command);
    }

    [Theory]
    [InlineData("\"formatVersion\":2", "\"formatVersion\":3", "/formatVersion")]
    [InlineData("\"source\":\"command\"", "\"source\":\"commands\"", "/source")]
    [InlineData("\"network\":false", "\"network\":null", "/command/network")]
    [InlineData("\"9223372036854775807\"", "\"9223372036854775808\"", "/seed")]
    [InlineData("\"9223372036854775807\"", "7", "/seed")]
    [InlineData("\"digest\":\"sha256:", "\"digest\":\"sha1:", "/patch/digest")]
    [InlineData("\"model\":", "\"models\":", "/attempts/0/models")]
    [InlineData("\"modelVersion\":", "\"modelversion\":", "/modelversion")]
    [InlineData("0.85", "1.85", "/confidence")]
    [InlineData(":1200", ":-1", "/usage")]
    [InlineData("\"answered\"", "\"canary\"", "/attempts/1/outcome")]
    public void Damaged_log_is_refused_at_its_place(string old, string damage, string pointer)
    {
        var text = Encoding.UTF8.GetString(Log.ToBytes());
        var at = pointer == "/patch/digest" ? text.IndexOf(old, text.IndexOf("\"patch\"", StringComparison.Ordinal), StringComparison.Ordinal) : text.IndexOf(old, StringComparison.Ordinal);
        var damaged = text[..at] + damage + text[(at + old.Length)..];

        Assert.Equal(pointer, Assert.Throws<AgentLogFormatException>(() => AgentLog.Parse(Encoding.UTF8.GetBytes(damaged))).Pointer);
    }
}
