using System.Text.Json;

namespace Kfm.Agent.Codegen.Commands.Sessions;

/// <summary>Aider: the file of <c>--analytics-log</c>, each line an event with its properties.</summary>
internal sealed class AiderForm : SessionForm
{
    private SessionFacts _facts = new() { Format = "aider-analytics" };

    public override SessionFacts Facts => _facts;

    protected override bool Take(JsonElement item)
    {
        if (Member(item, "event") is not { ValueKind: JsonValueKind.String } || Member(item, "properties") is not { } properties || Member(properties, "aider_version") is not { } version)
        {
            return false;
        }

        _facts = _facts with { ToolVersion = Name(version) ?? _facts.ToolVersion, Model = Name(Member(properties, "main_model")) ?? _facts.Model };
        if (Is(item, "event", "message_send"))
        {
            _facts = _facts with
            {
                InputTokens = Sum(_facts.InputTokens, Count(Member(properties, "prompt_tokens"))),
                OutputTokens = Sum(_facts.OutputTokens, Count(Member(properties, "completion_tokens"))),
            };
        }

        return true;
    }
}
