using System.Text.Json;

namespace Kfm.Agent.Codegen.Commands.Sessions;

/// <summary>Codex: the files below <c>.codex/sessions</c>, each line an object with <c>timestamp</c>, <c>type</c> and <c>payload</c>.</summary>
internal sealed class CodexRolloutForm : SessionForm
{
    private static readonly string[] Calls = ["function_call", "custom_tool_call", "local_shell_call", "web_search_call"];
    private SessionFacts _facts = new() { Format = "codex-rollout" };

    public override SessionFacts Facts => _facts;

    protected override bool Take(JsonElement item)
    {
        if (Member(item, "payload") is not { ValueKind: JsonValueKind.Object } payload || Member(item, "timestamp") is null)
        {
            return false;
        }

        if (Is(item, "type", "session_meta"))
        {
            _facts = _facts with { ToolVersion = Name(Member(payload, "cli_version")) ?? _facts.ToolVersion };
        }
        else if (Is(item, "type", "turn_context"))
        {
            _facts = _facts with { Model = Name(Member(payload, "model")) ?? _facts.Model };
        }
        else if (Is(item, "type", "response_item"))
        {
            _facts = _facts with { ToolCalls = Sum(_facts.ToolCalls, Array.Exists(Calls, call => Is(payload, "type", call)) ? 1 : 0) };
        }
        else if (Is(item, "type", "event_msg"))
        {
            Tokens(Member(Member(payload, "info"), "total_token_usage"));
        }
        else
        {
            return Is(item, "type", "compacted");
        }

        return true;
    }

    // Each event has the sums so far.
    private void Tokens(JsonElement? usage)
    {
        if (Count(Member(usage, "input_tokens")) is { } input)
        {
            var cached = Count(Member(usage, "cached_input_tokens"));
            _facts = _facts with { InputTokens = Math.Max(0, input - (cached ?? 0)), OutputTokens = Count(Member(usage, "output_tokens")), CachedTokens = cached };
        }
    }
}
