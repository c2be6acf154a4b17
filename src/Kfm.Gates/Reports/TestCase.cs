namespace Kfm.Gates.Reports;

/// <summary>One test.</summary>
/// <param name="Name">The name as the test framework gives it.</param>
/// <param name="Outcome">What came of it.</param>
public sealed record TestCase(string Name, TestOutcome Outcome);
