namespace Kfm.Agent.Patches;

/// <summary>A reason for which a patch is refused.</summary>
/// <param name="Rule">The rule's name, see <see cref="PatchRules"/>.</param>
/// <param name="Path">The path that it is about.</param>
/// <param name="Line">The line of the patch, from 1.</param>
/// <param name="Message">What is wrong.</param>
public sealed record PatchFinding(string Rule, string Path, int Line, string Message);
