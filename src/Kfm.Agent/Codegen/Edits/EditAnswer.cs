namespace Kfm.Agent.Codegen.Edits;

/// <summary>A model's answer in structured edits.</summary>
/// <param name="Confidence">How sure the model says it is, 0 to 1.</param>
/// <param name="Edits">The edits, in the order in which they apply; at least one.</param>
internal sealed record EditAnswer(double Confidence, IReadOnlyList<FileEdit> Edits);
