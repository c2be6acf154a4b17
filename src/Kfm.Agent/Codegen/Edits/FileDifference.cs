namespace Kfm.Agent.Codegen.Edits;

/// <summary>A file before and after.</summary>
/// <param name="Before">The file before, perhaps at another path; null when it is new.</param>
/// <param name="After">The file after; null when it is gone.</param>
internal sealed record FileDifference(PromptFile? Before, PromptFile? After)
{
    /// <summary>The path by which the difference is sorted.</summary>
    public string Path => (After ?? Before)!.Path;
}
