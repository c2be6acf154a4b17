using System.Globalization;
using Kfm.Gates.Rego.Compile;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego;

/// <summary>Runs the rules whose name begins with <c>test_</c>; those with <c>todo_test_</c> are skipped.</summary>
public static class PolicyTestRunner
{
    /// <summary>Runs all tests of a policy set, in the order of the module paths and the rules in them.</summary>
    /// <param name="policy">The compiled policy set with its tests.</param>
    /// <param name="options">Data, clock, limits of every test; the coverage recorder, when the set was compiled with coverage.</param>
    public static IReadOnlyList<PolicyTestResult> Run(CompiledPolicy policy, EvaluateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var tests = policy.Root.Descendants().Where(n => n.IsTest).SelectMany(n => n.Rules.Select((r, i) => (Node: n, r.Rule.Location, Index: i)))
            .OrderBy(t => t.Location.File, StringComparer.Ordinal).ThenBy(t => t.Location.Row);
        return [.. tests.Select(t => Run(policy, t.Node, t.Location, t.Index, options ?? new EvaluateOptions()))];
    }

    private static PolicyTestResult Run(CompiledPolicy policy, PolicyNode node, Location place, int index, EvaluateOptions options)
    {
        // As in OPA, each rule of a name that occurs again is a test of its own, with a number behind the name.
        var name = index == 0 ? node.Name : string.Create(CultureInfo.InvariantCulture, $"{node.Name}#{index:00}");
        PolicyTestResult Result(PolicyTestOutcome outcome, string? message = null) =>
            new(node.Parent!.Path, name, place.File, place.Row, place.Col, outcome, message);

        if (node.Name.StartsWith("todo_", StringComparison.Ordinal))
        {
            return Result(PolicyTestOutcome.Skip);
        }

        try
        {
            var path = string.Concat(node.Path.Split('.').Skip(1).Select(s => "[" + GoQuote.Quote(s) + "]"));
            var value = policy.Prepare("data" + path).Evaluate(null, options).Value;
            return Result(value is null || value.IsFalse ? PolicyTestOutcome.Fail : PolicyTestOutcome.Pass);
        }
        catch (RegoEvaluationException e)
        {
            return Result(PolicyTestOutcome.Error, e.Message);
        }
    }
}
