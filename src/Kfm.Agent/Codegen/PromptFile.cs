namespace Kfm.Agent.Codegen;

/// <summary>A file of the repository that a prompt shows to the model.</summary>
/// <param name="Path">The path from the root.</param>
/// <param name="Text">The content.</param>
public sealed record PromptFile(string Path, string Text);
