using System.Diagnostics;
using Kfm.Gates.Rego;

namespace Kfm.Benchmarks.Areas;

/// <summary>The tests of conforma-policy, as the conformance suite holds them: 168 modules are parsed, compiled and tested on all cores, in one process.</summary>
internal static class ConformaTests
{
    /// <summary>The first pass in the process, and the fastest of three after it. The data of the suite is left out: it is YAML, and its tests bring their own.</summary>
    public static IEnumerable<Row> Measure(string inputs)
    {
        var file = Path.GetFullPath(Path.Combine(inputs, "..", "..", "conformance", "rego", "opatest", "conforma-policy.json"));
        if (!File.Exists(file))
        {
            return [new("conforma-policy: not measured, the suite is not there", 0, "ms")];
        }

        var suite = (RegoObject)RegoValue.Parse(File.ReadAllBytes(file));
        var (first, tests) = Run(suite);
        var best = Enumerable.Range(0, 3).Min(_ => Run(suite).Milliseconds);
        return
        [
            new($"conforma-policy, {tests} tests, first pass", first, "ms", 7_400, "OPA 1.9.0, recorded 2026-11-21"),
            new($"conforma-policy, {tests} tests, warm", best, "ms", 7_400, "OPA 1.9.0, recorded 2026-11-21"),
        ];
    }

    private static (double Milliseconds, int Tests) Run(RegoObject suite)
    {
        var start = Stopwatch.GetTimestamp();
        var modules = ((RegoObject)suite.Member("modules")!).Members.Select(m => new RegoModule(((RegoString)m.Key).Text, ((RegoString)m.Value).Text));
        var extra = ((RegoArray)suite.Member("extra_builtins")!).Items.Cast<RegoObject>().ToDictionary(
            b => ((RegoString)b.Member("name")!).Text,
            b => ((b.Member("decl") as RegoObject)?.Member("args") as RegoArray)?.Items.Count ?? 0,
            StringComparer.Ordinal);
        var policy = RegoEngine.Compile(modules, new RegoOptions { ExtraBuiltins = extra, OuterNegation = true });
        var options = new PolicyTestOptions { Threads = Environment.ProcessorCount, Evaluate = new EvaluateOptions { Clock = TimeProvider.System } };
        var tests = PolicyTestRunner.Run(policy, options).Count;
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, tests);
    }
}
