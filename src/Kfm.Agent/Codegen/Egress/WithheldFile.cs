namespace Kfm.Agent.Codegen.Egress;

/// <summary>A file that enters no prompt.</summary>
/// <param name="Path">The path from the root.</param>
/// <param name="Reason">The label that forbids it, or why the labels could not be read.</param>
public sealed record WithheldFile(string Path, string Reason);
