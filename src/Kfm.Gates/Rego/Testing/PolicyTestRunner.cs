using System.Globalization;
using System.Text;
using Kfm.Gates.Rego.Compile;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego;

/// <summary>Runs the rules whose name begins with <c>test_</c>; those with <c>todo_test_</c> are skipped.</summary>
public static class PolicyTestRunner
{
    /// <summary>Runs all tests of a policy set on one thread, in the order of the module paths and the rules in them.</summary>
    /// <param name="policy">The compiled policy set with its tests.</param>
    /// <param name="options">Data, clock, limits of every test; the coverage recorder, when the set was compiled with coverage.</param>
    public static IReadOnlyList<PolicyTestResult> Run(CompiledPolicy policy, EvaluateOptions? options = null) =>
        Run(policy, new PolicyTestOptions { Evaluate = options ?? new EvaluateOptions() });

    /// <summary>Runs the tests of a policy set. The results come in the order of the module paths and the rules in them.</summary>
    /// <param name="policy">The compiled policy set with its tests. One compiled with <see cref="RegoOptions.Trace"/> explains the tests that fail.</param>
    /// <param name="options">Which tests run, and how.</param>
    public static IReadOnlyList<PolicyTestResult> Run(CompiledPolicy policy, PolicyTestOptions options)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(options);
        var tests = policy.Root.Descendants().Where(n => n.IsTest).SelectMany(n => n.Rules.Select((r, i) => new PolicyTest(n, r.Rule.Location, i)))
            .Where(t => options.Select?.Invoke(t.Package + "." + t.Name) ?? true)
            .OrderBy(t => t.Place.File, StringComparer.Ordinal).ThenBy(t => t.Place.Row).ToList();
        var results = new PolicyTestResult[tests.Count];
        var threads = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Threads) };
        Parallel.For(0, tests.Count, threads, () => new CoverageRecorder(), (i, _, recorder) =>
        {
            var coverage = options.Evaluate.Coverage is null ? null : recorder;
            results[i] = Run(policy, tests[i], options.Evaluate with { Coverage = coverage });
            return recorder;
        }, recorder =>
        {
            if (options.Evaluate.Coverage is { } all)
            {
                lock (all)
                {
                    all.Add(recorder);
                }
            }
        });
        return results;
    }

    private static PolicyTestResult Run(CompiledPolicy policy, PolicyTest test, EvaluateOptions options)
    {
        var output = new StringBuilder();
        var explanation = policy.Options.Trace ? new ExplanationRecorder() : null;
        PolicyTestResult Result(PolicyTestOutcome outcome, string? message = null) =>
            new(test.Package, test.Name, test.Place.File, test.Place.Row, test.Place.Col, outcome, message)
            {
                Output = output.ToString(),
                Explanation = outcome == PolicyTestOutcome.Pass || explanation is null ? [] : explanation.Bodies,
            };

        if (test.Node.Name.StartsWith("todo_", StringComparison.Ordinal))
        {
            return Result(PolicyTestOutcome.Skip);
        }

        try
        {
            var used = options with { Print = m => output.Append(m).Append('\n'), Trace = explanation is null ? null : explanation.Record };
            var value = policy.Prepare(test.Query).Evaluate(null, used).Value;
            return Result(value is null || value.IsFalse ? PolicyTestOutcome.Fail : PolicyTestOutcome.Pass);
        }
        catch (RegoEvaluationException e) when (e.Code != RegoEvaluationException.Cancel)
        {
            return Result(PolicyTestOutcome.Error, e.Message);
        }
    }

    /// <summary>A rule with the name of a test. As in OPA, each further rule of a name is a test of its own, with a number behind the name.</summary>
    private sealed record PolicyTest(PolicyNode Node, Location Place, int Index)
    {
        internal string Package => Node.Parent!.Path;

        internal string Name => Index == 0 ? Node.Name : string.Create(CultureInfo.InvariantCulture, $"{Node.Name}#{Index:00}");

        internal string Query => "data" + string.Concat(Node.Path.Split('.').Skip(1).Select(s => "[" + GoQuote.Quote(s) + "]"));
    }
}
