namespace Kfm.Agent.Codegen;

/// <summary>The tokens of an answer, as agent.json and replay files have them.</summary>
internal sealed record UsageDocument(long InputTokens, long OutputTokens)
{
    public static UsageDocument? Of(CodegenUsage? usage) => usage is null ? null : new UsageDocument(usage.InputTokens, usage.OutputTokens);

    /// <summary>Whether the figures are such that JSON carries them exactly.</summary>
    public bool Fits() => Math.Min(InputTokens, OutputTokens) >= 0 && Math.Max(InputTokens, OutputTokens) < 1L << 53;

    public CodegenUsage ToUsage() => new(InputTokens, OutputTokens);
}
