namespace Kfm.Agent.Codegen.Egress;

/// <summary>Which files enter a prompt, which do not, and what follows for where the prompt may go.</summary>
/// <param name="Shown">The files that enter, in the order in which they were given.</param>
/// <param name="Withheld">The files that do not.</param>
/// <param name="Class">What decides where the prompt may go.</param>
public sealed record PromptSelection(IReadOnlyList<PromptFile> Shown, IReadOnlyList<WithheldFile> Withheld, PromptClass Class);
