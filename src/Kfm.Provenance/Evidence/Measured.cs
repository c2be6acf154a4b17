namespace Kfm.Provenance.Evidence;

/// <summary>A run measured a number.</summary>
/// <param name="Run">The run.</param>
/// <param name="Metric">The name, for example <c>tests.passed</c>.</param>
/// <param name="Value">A finite number.</param>
/// <param name="Unit">The unit in UCUM, <c>1</c> for a count or a ratio, <c>s</c>, <c>By</c>, <c>kWh</c>.</param>
public sealed record Measured(RunKey Run, string Metric, double Value, string Unit) : Fact;
