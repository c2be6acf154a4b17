namespace Kfm.Agent.Previews;

/// <summary>What the build of one tree came to.</summary>
/// <param name="Outcome">How the command ended.</param>
/// <param name="Directory">The directory with copies of the artifacts.</param>
internal sealed record TreeBuild(StepOutcome Outcome, string Directory);
