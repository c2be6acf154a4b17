namespace Kfm.Agent.Codegen;

/// <summary>What an answer used, in tokens of the model.</summary>
/// <param name="InputTokens">The tokens of the prompt.</param>
/// <param name="OutputTokens">The tokens of the answer.</param>
public sealed record CodegenUsage(long InputTokens, long OutputTokens);
