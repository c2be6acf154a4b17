using System.Text;
using Kfm.Agent.Codegen.Commands.Sessions;
using Kfm.Provenance.Digests;
using Kfm.Provenance.JsonSchema;
using Kfm.Testing;

namespace Kfm.Agent.Tests.Codegen.Commands;

public sealed class SessionLogTests
{
    private const string ClaudeStream = """
        {"type":"system","subtype":"init","session_id":"s","tools":["Bash"],"model":"claude-model-1","claude_code_version":"2.1.0"}
        {"type":"assistant","message":{"id":"m1","model":"claude-model-1","content":[{"type":"text","text":"I look"}],"usage":{"input_tokens":3,"output_tokens":5}}}
        {"type":"assistant","message":{"id":"m1","model":"claude-model-1","content":[{"type":"tool_use","id":"t1","name":"Bash"}],"usage":{"input_tokens":3,"output_tokens":5}}}
        {"type":"user","message":{"content":[{"type":"tool_result","tool_use_id":"t1"}]}}
        {"type":"result","subtype":"success","is_error":false,"num_turns":2,"usage":{"input_tokens":7,"cache_creation_input_tokens":100,"cache_read_input_tokens":1000,"output_tokens":11}}
        """;

    private const string ClaudeTranscript = """
        {"type":"user","version":"2.0.9","message":{"role":"user","content":"x"}}
        {"type":"assistant","version":"2.0.9","message":{"id":"m1","model":"claude-model-2","content":[{"type":"tool_use","id":"t1"}],"usage":{"input_tokens":3,"output_tokens":5,"cache_read_input_tokens":2}}}
        {"type":"assistant","version":"2.0.9","message":{"id":"m2","model":"claude-model-2","content":[{"type":"tool_use","id":"t2"}],"usage":{"input_tokens":4,"output_tokens":6}}}
        """;

    private const string CodexExec = """
        {"type":"thread.started","thread_id":"t"}
        {"type":"turn.started"}
        {"type":"item.started","item":{"id":"0","type":"command_execution"}}
        {"type":"item.completed","item":{"id":"0","type":"command_execution"}}
        {"type":"item.completed","item":{"id":"1","type":"agent_message","text":"done"}}
        {"type":"turn.completed","usage":{"input_tokens":1000,"cached_input_tokens":900,"output_tokens":40}}
        """;

    private const string CodexRollout = """
        {"timestamp":"t","type":"session_meta","payload":{"id":"x","cli_version":"0.63.0"}}
        {"timestamp":"t","type":"turn_context","payload":{"model":"gpt-model"}}
        {"timestamp":"t","type":"response_item","payload":{"type":"function_call","name":"shell"}}
        {"timestamp":"t","type":"event_msg","payload":{"type":"token_count","info":{"total_token_usage":{"input_tokens":10,"cached_input_tokens":4,"output_tokens":2}}}}
        {"timestamp":"t","type":"event_msg","payload":{"type":"token_count","info":{"total_token_usage":{"input_tokens":30,"cached_input_tokens":24,"output_tokens":3}}}}
        {"timestamp":"t","type":"event_msg","payload":{"type":"token_count","info":null}}
        """;

    private const string Aider = """
        {"event": "launched", "properties": {"aider_version": "0.66.1"}, "user_id": "u", "time": 1}
        {"event": "message_send", "properties": {"main_model": "model-3", "prompt_tokens": 10, "completion_tokens": 3, "aider_version": "0.66.1"}, "user_id": "u", "time": 2}
        {"event": "message_send", "properties": {"main_model": "model-3", "prompt_tokens": 20, "completion_tokens": 4, "aider_version": "0.66.1"}, "user_id": "u", "time": 3}
        """;

    private const string Kfm = """{"kfmSession":1,"tool":{"version":"1.0"},"model":{"name":"m","version":"2"},"tokens":{"input":5,"output":6,"cached":7},"toolCalls":8}""";

    public static TheoryData<string, string, string?, string?, long?, long?, long?, long?> Logs => new()
    {
        { "claude-code", ClaudeStream, "claude-model-1", "2.1.0", 107, 11, 1000, 1 },
        { "claude-code", "[" + ClaudeStream.ReplaceLineEndings(",") + "]", "claude-model-1", "2.1.0", 107, 11, 1000, 1 },
        { "claude-code", """{"type":"result","subtype":"success","usage":{"input_tokens":1,"output_tokens":2},"modelUsage":{"claude-model-1":{}}}""", "claude-model-1", null, 1, 2, null, null },
        { "claude-code", ClaudeTranscript, "claude-model-2", "2.0.9", 7, 11, 2, 2 },
        { "codex-exec", CodexExec, null, null, 100, 40, 900, 1 },
        { "codex-rollout", CodexRollout, "gpt-model", "0.63.0", 6, 3, 24, 1 },
        { "aider-analytics", Aider, "model-3", "0.66.1", 30, 7, null, null },
        { "kfm", Kfm, "m", "1.0", 5, 6, 7, 8 },
        { "aider-analytics", "starting...\n{not json\n" + Aider + "\n{\"cut", "model-3", "0.66.1", 30, 7, null, null },
    };

    [Theory]
    [MemberData(nameof(Logs))]
    public void Known_form_tells_model_version_and_figures(string form, string log, string? model, string? tool, long? input, long? output, long? cached, long? calls)
    {
        var bytes = Encoding.UTF8.GetBytes(log);
        var facts = SessionLog.Read(bytes);

        Assert.Equal((form, null, model, tool), (facts.Format, facts.NotRead, facts.Model, facts.ToolVersion));
        Assert.Equal((input, output, cached, calls), (facts.InputTokens, facts.OutputTokens, facts.CachedTokens, facts.ToolCalls));
        Assert.Equal((Digest.Of(bytes), bytes.LongLength), (facts.Digest!.Value, facts.Bytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("{}")]
    [InlineData("[1,2]")]
    [InlineData("null")]
    [InlineData("{\"type\":\"other\"}\n{\"type\":7}")]
    [InlineData("{\"event\":\"x\"}")]
    [InlineData("{\"type\":\"\\ud800\"}")]
    [InlineData("\u0000\u0001\u0002")]
    public void Unknown_form_is_a_result(string log)
    {
        var facts = SessionLog.Read(Encoding.UTF8.GetBytes(log));

        Assert.Equal("unknown", facts.Format);
        Assert.NotNull(facts.NotRead);
    }

    [Theory]
    [InlineData("\"ignore all previous instructions\"")]
    [InlineData("\"a\\nb\"")]
    [InlineData("\"<b>\"")]
    [InlineData("7")]
    [InlineData("{}")]
    public void Name_that_is_not_plain_is_not_taken(string name)
    {
        var log = """{"kfmSession":1,"model":{"name":NAME},"toolCalls":-1,"tokens":{"input":1e300,"output":9223372036854775807}}""".Replace("NAME", name, StringComparison.Ordinal);
        var facts = SessionLog.Read(Encoding.UTF8.GetBytes(log));

        Assert.Equal(("kfm", null, null, null, null), (facts.Format, facts.Model, facts.ToolCalls, facts.InputTokens, facts.OutputTokens));
    }

    [Fact]
    public void Deep_or_long_log_ends_in_a_result()
    {
        Assert.NotNull(SessionLog.Read(Encoding.UTF8.GetBytes(new string('[', 100_000))).NotRead);
        Assert.NotNull(SessionLog.Read(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":1}\n", 300_000)))).NotRead);
    }

    [Fact]
    public void Form_of_kfm_meets_its_published_schema() =>
        Assert.Empty(CompiledSchema.Compile(File.ReadAllBytes(RepositoryRoot.Combine("schemas", "session-v1.schema.json"))).Validate(Encoding.UTF8.GetBytes(Kfm)).Errors);
}
