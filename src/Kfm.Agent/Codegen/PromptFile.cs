namespace Kfm.Agent.Codegen;

/// <summary>A file of the repository that a prompt shows to the model.</summary>
/// <param name="Path">The path from the root.</param>
/// <param name="Text">The content.</param>
public sealed record PromptFile(string Path, string Text)
{
    /// <summary>The mode of the file in the base, as git writes it.</summary>
    /// <value>100644 by default.</value>
    public string Mode { get; init; } = "100644";
}
