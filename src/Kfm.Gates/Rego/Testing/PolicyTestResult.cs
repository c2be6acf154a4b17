namespace Kfm.Gates.Rego;

/// <summary>The result of one test rule.</summary>
/// <param name="Package">The package with data in front, such as data.kfm.</param>
/// <param name="Name">The name of the rule.</param>
/// <param name="Path">The path of the module of its first rule.</param>
/// <param name="Row">The line of its first rule, from 1.</param>
/// <param name="Col">The column of its first rule, from 1.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Message">The error, or null.</param>
public sealed record PolicyTestResult(
    string Package, string Name, string Path, int Row, int Col, PolicyTestOutcome Outcome, string? Message)
{
    /// <summary>What the test printed, a line each.</summary>
    public string Output { get; init; } = "";

    /// <summary>Of a test that did not pass, the bodies that were evaluated; empty when the policy was compiled without trace.</summary>
    public IReadOnlyList<BodyExplanation> Explanation { get; init; } = [];
}
