namespace Kfm.Agent.Codegen.Edits;

/// <summary>An edit of a model's answer.</summary>
/// <param name="Path">The file.</param>
/// <param name="Action">What happens to it.</param>
/// <param name="Search">For a replacement the text that goes; else empty.</param>
/// <param name="Replace">For a replacement the text that comes, for a new file its content, for a rename the new path; else empty.</param>
internal sealed record FileEdit(string Path, EditAction Action, string Search, string Replace);
