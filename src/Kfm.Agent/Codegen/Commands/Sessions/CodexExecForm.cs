using System.Text.Json;

namespace Kfm.Agent.Codegen.Commands.Sessions;

/// <summary>Codex: the events of <c>codex exec --json</c>. They name no model.</summary>
internal sealed class CodexExecForm : SessionForm
{
    private static readonly string[] Events = ["thread.started", "turn.started", "turn.completed", "turn.failed", "item.started", "item.updated", "item.completed"];
    private static readonly string[] Tools = ["command_execution", "file_change", "mcp_tool_call", "web_search"];
    private SessionFacts _facts = new() { Format = "codex-exec" };

    public override SessionFacts Facts => _facts;

    protected override bool Take(JsonElement item)
    {
        if (!Array.Exists(Events, name => Is(item, "type", name)))
        {
            return false;
        }

        if (Is(item, "type", "turn.completed") && Member(item, "usage") is { } usage)
        {
            var cached = Count(Member(usage, "cached_input_tokens"));
            _facts = _facts with
            {
                InputTokens = Sum(_facts.InputTokens, Math.Max(0, (Count(Member(usage, "input_tokens")) ?? 0) - (cached ?? 0))),
                OutputTokens = Sum(_facts.OutputTokens, Count(Member(usage, "output_tokens"))),
                CachedTokens = Sum(_facts.CachedTokens, cached),
            };
        }

        var done = Is(item, "type", "item.completed") && Array.Exists(Tools, tool => Is(Member(item, "item"), "type", tool));
        _facts = _facts with { ToolCalls = Sum(_facts.ToolCalls, done ? 1 : 0) };
        return true;
    }
}
