namespace Kfm.Provenance.Evidence;

/// <summary>A run found that the proposal has a property that is a text; a name may have several values.</summary>
/// <param name="Run">The run.</param>
/// <param name="Name">The name, for example <c>risk.tier</c> or <c>patch.path</c>.</param>
/// <param name="Value">The value.</param>
public sealed record Labelled(RunKey Run, string Name, string Value) : Fact;
