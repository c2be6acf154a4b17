namespace Kfm.Agent.Codegen;

/// <summary>A text that an agent left beside its answer. It is scanned and then dropped; no part of it is recorded.</summary>
/// <param name="Name">What it is, for example <c>standard error</c>.</param>
/// <param name="Text">The text.</param>
public sealed record PrintedText(string Name, string Text);
