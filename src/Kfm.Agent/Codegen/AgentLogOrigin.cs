namespace Kfm.Agent.Codegen;

/// <summary>Where an answer and its prompt come from, as the log says it.</summary>
/// <param name="Source">Where the answer comes from: <c>replay</c>, <c>command</c> or <c>models</c>.</param>
/// <param name="PromptReference">Where the prompt can be made again from.</param>
/// <param name="Template">The template that the prompt was made from; null when there was none.</param>
public sealed record AgentLogOrigin(string Source, string PromptReference, TemplateReference? Template);
