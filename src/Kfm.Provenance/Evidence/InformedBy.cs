namespace Kfm.Provenance.Evidence;

/// <summary>A run used what an earlier run had found.</summary>
/// <param name="Run">The later run.</param>
/// <param name="Earlier">The earlier run.</param>
public sealed record InformedBy(RunKey Run, RunKey Earlier) : Fact;
