using System.Diagnostics;
using Kfm.Gates.Rego;

namespace Kfm.Benchmarks.Areas;

/// <summary>The tests of gatekeeper-library, as the conformance suite holds them: each policy is parsed, compiled and tested with coverage, in one process.</summary>
internal static class GatekeeperTests
{
    /// <summary>The first pass in the process, and the fastest of five after it.</summary>
    public static IEnumerable<Row> Measure(string inputs)
    {
        var folder = Path.GetFullPath(Path.Combine(inputs, "..", "..", "conformance", "rego", "opatest", "gatekeeper-library"));
        if (!Directory.Exists(folder))
        {
            return [new("gatekeeper-library: not measured, the suite is not there", 0, "ms")];
        }

        var files = Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).Select(File.ReadAllBytes).ToList();
        var (first, tests) = Run(files);
        var best = Enumerable.Range(0, 5).Min(_ => Run(files).Milliseconds);
        return
        [
            new($"gatekeeper-library, {tests} tests with coverage, first pass", first, "ms", 1_900, "OPA 1.9.0 in 51 processes, recorded 2026-11-21"),
            new($"gatekeeper-library, {tests} tests with coverage, warm", best, "ms", 1_900, "OPA 1.9.0 in 51 processes, recorded 2026-11-21"),
        ];
    }

    private static (double Milliseconds, int Tests) Run(List<byte[]> files)
    {
        var (start, tests) = (Stopwatch.GetTimestamp(), 0);
        foreach (var file in files)
        {
            var suite = (RegoObject)RegoValue.Parse(file);
            var modules = ((RegoObject)suite.Member("modules")!).Members.Select(m => new RegoModule(((RegoString)m.Key).Text, ((RegoString)m.Value).Text));
            var policy = RegoEngine.Compile(modules, new RegoOptions { V0 = suite.Member("rego_version")!.ToString() == "0", Coverage = true });
            tests += PolicyTestRunner.Run(policy, new EvaluateOptions { Clock = TimeProvider.System, Coverage = new CoverageRecorder() }).Count;
        }

        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, tests);
    }
}
