using System.Text.Json;

namespace Kfm.Agent.Codegen.Commands.Sessions;

/// <summary>The form of Kfm for agents that have none of their own: one object, <c>schemas/session-v1.schema.json</c>.</summary>
internal sealed class KfmForm : SessionForm
{
    private SessionFacts _facts = new() { Format = "kfm" };

    public override SessionFacts Facts => _facts;

    protected override bool Take(JsonElement item)
    {
        if (Member(item, "kfmSession") is not { } session || Count(session) != 1)
        {
            return false;
        }

        _facts = _facts with
        {
            Model = Name(Member(Member(item, "model"), "name")),
            ModelVersion = Name(Member(Member(item, "model"), "version")),
            ToolVersion = Name(Member(Member(item, "tool"), "version")),
            InputTokens = Count(Member(Member(item, "tokens"), "input")),
            OutputTokens = Count(Member(Member(item, "tokens"), "output")),
            CachedTokens = Count(Member(Member(item, "tokens"), "cached")),
            ToolCalls = Count(Member(item, "toolCalls")),
        };
        return true;
    }
}
