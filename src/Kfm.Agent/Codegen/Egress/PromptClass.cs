using Kfm.Agent.Configuration;

namespace Kfm.Agent.Codegen.Egress;

/// <summary>What decides where a prompt may go.</summary>
/// <param name="Class">The most restricted class of all that stands in it.</param>
/// <param name="Training">Whether those who get it may train models with it.</param>
public sealed record PromptClass(DataClass Class, bool Training)
{
    /// <summary>A prompt of which nobody said anything.</summary>
    public static PromptClass Unknown { get; } = new(DataClass.Restricted, Training: false);
}
