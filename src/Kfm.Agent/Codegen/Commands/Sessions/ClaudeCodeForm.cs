using System.Text.Json;

namespace Kfm.Agent.Codegen.Commands.Sessions;

/// <summary>Claude Code: <c>--output-format json</c> and <c>stream-json</c>, and its transcripts, where every line has the version of the program.</summary>
internal sealed class ClaudeCodeForm : SessionForm
{
    private readonly HashSet<string> _messages = new(StringComparer.Ordinal);
    private readonly HashSet<string> _tools = new(StringComparer.Ordinal);
    private SessionFacts _facts = new() { Format = "claude-code" };
    private SessionFacts? _result;
    private bool _talked;

    // The sum that the last line gives counts more than our own.
    public override SessionFacts Facts => _facts with
    {
        InputTokens = _result?.InputTokens ?? _facts.InputTokens,
        OutputTokens = _result?.OutputTokens ?? _facts.OutputTokens,
        CachedTokens = _result?.CachedTokens ?? _facts.CachedTokens,
        ToolCalls = _talked ? _tools.Count : null,
    };

    protected override bool Take(JsonElement item)
    {
        if (Is(item, "type", "system") && Is(item, "subtype", "init"))
        {
            _facts = _facts with { Model = Name(Member(item, "model")) ?? _facts.Model, ToolVersion = Name(Member(item, "claude_code_version")) ?? _facts.ToolVersion };
            return true;
        }

        if (Is(item, "type", "result") && Member(item, "subtype") is not null)
        {
            _result = Usage(new SessionFacts { Format = "" }, Member(item, "usage"));
            _facts = _facts with { Model = _facts.Model ?? OnlyModel(Member(item, "modelUsage")) };
            return true;
        }

        if (Is(item, "type", "assistant") && Member(item, "message") is { } message)
        {
            Message(item, message);
            return true;
        }

        return Is(item, "type", "user") && Member(item, "message") is not null;
    }

    private void Message(JsonElement item, JsonElement message)
    {
        _talked = true;
        _facts = _facts with { Model = Name(Member(message, "model")) ?? _facts.Model, ToolVersion = Name(Member(item, "version")) ?? _facts.ToolVersion };
        foreach (var tool in Items(Member(message, "content")).Where(c => Is(c, "type", "tool_use")))
        {
            _tools.Add(Name(Member(tool, "id")) ?? "#" + _tools.Count);
        }

        // A message comes in several lines, one for each part of its content, with the same usage.
        if (_messages.Add(Name(Member(message, "id")) ?? "#" + _messages.Count))
        {
            _facts = Usage(_facts, Member(message, "usage"));
        }
    }

    private static SessionFacts Usage(SessionFacts facts, JsonElement? usage) => facts with
    {
        InputTokens = Sum(Sum(facts.InputTokens, Count(Member(usage, "input_tokens"))), Count(Member(usage, "cache_creation_input_tokens"))),
        OutputTokens = Sum(facts.OutputTokens, Count(Member(usage, "output_tokens"))),
        CachedTokens = Sum(facts.CachedTokens, Count(Member(usage, "cache_read_input_tokens"))),
    };

    private static string? OnlyModel(JsonElement? usage) =>
        usage is { ValueKind: JsonValueKind.Object } models && models.EnumerateObject().Take(2).ToArray() is [var only] ? Name(only.Name) : null;
}
