namespace Kfm.Gates.Rego;

/// <summary>What became of one body of a rule in an evaluation.</summary>
/// <param name="Rule">The path of the rule, such as <c>data.kfm.deny</c>.</param>
/// <param name="Path">The path of the module.</param>
/// <param name="Row">The line on which the rule begins.</param>
/// <param name="Tried">How often it was evaluated.</param>
/// <param name="Values">The distinct values that it gave, in order of appearance; empty when it did not fire.</param>
/// <param name="Failed">The expressions at which it failed, in the order of the source.</param>
public sealed record BodyExplanation(
    string Rule, string Path, int Row, int Tried, IReadOnlyList<RegoValue> Values, IReadOnlyList<FailedExpression> Failed)
{
    /// <summary>Whether the body gave a value.</summary>
    public bool Fired => Values.Count > 0;
}
