using System.Text;
using Kfm.Agent.Codegen;
using Kfm.Provenance.Digests;
using Kfm.Provenance.JsonSchema;

namespace Kfm.Agent.Tests.Codegen;

public sealed class AgentLogTests
{
    private static readonly AgentLog Log = new()
    {
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
        Assert.Equal((Log.Seed, Log.PromptDigest, Log.PatchDigest), (again.Seed, again.PromptDigest, again.PatchDigest));
    }

    [Fact]
    public void Log_meets_its_schema()
    {
        var schema = CompiledSchema.Compile(AgentLogSchema.Version1());

        Assert.True(schema.Validate(Log.ToBytes()).IsValid);
        Assert.False(schema.Validate("{}"u8).IsValid);
    }

    [Theory]
    [InlineData("\"formatVersion\":1", "\"formatVersion\":3", "/formatVersion")]
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
