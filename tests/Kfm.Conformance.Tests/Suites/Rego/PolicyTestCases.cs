using Kfm.Gates.Rego;

namespace Kfm.Conformance.Tests.Suites.Rego;

/// <summary>Whole policy libraries with their tests: the outcome of every test, and the coverage where it was recorded.</summary>
internal static class PolicyTestCases
{
    public static IEnumerable<SuiteCase> Read(string file, IEnumerable<string> ids) => ids.Select(id => new SuiteCase(id, () => Check(file)));

    private static string? Check(string file)
    {
        var suite = (RegoObject)CaseFile.Read(file);
        var coverage = SourceForm.IsFormatted ? null : suite.Member("want_coverage") as RegoObject;
        var v0 = suite.Member("rego_version")!.ToString() == "0";
        var modules = ((RegoObject)suite.Member("modules")!).Members
            .Select(m => SourceForm.Of(new RegoModule(((RegoString)m.Key).Text, ((RegoString)m.Value).Text), v0));
        var policy = RegoEngine.Compile(modules, new RegoOptions
        {
            V0 = v0,
            OuterNegation = true,
            Coverage = coverage is not null,
            ExtraBuiltins = Extra(suite),
        });
        var recorder = new CoverageRecorder();
        var evaluate = new EvaluateOptions { Data = Data(suite), Clock = TimeProvider.System, Coverage = recorder };
        var results = PolicyTestRunner.Run(policy, new PolicyTestOptions { Evaluate = evaluate, Threads = Environment.ProcessorCount });
        return CompareTests(suite, results) ?? (coverage is null ? null : CompareCoverage(coverage, CoverageReport.Create(policy, recorder)));
    }

    private static Dictionary<string, int> Extra(RegoObject suite) => ((suite.Member("extra_builtins") as RegoArray)?.Items ?? [])
        .Cast<RegoObject>().ToDictionary(
            b => ((RegoString)b.Member("name")!).Text,
            b => ((b.Member("decl") as RegoObject)?.Member("args") as RegoArray)?.Items.Count ?? 0,
            StringComparer.Ordinal);

    private static RegoObject Data(RegoObject suite) => RegoObject.Create(((suite.Member("data_yaml") as RegoObject)?.Members ?? [])
        .SelectMany(f => (CaseFile.ReadYaml(((RegoString)f.Value).Text) as RegoObject)?.Members ?? []));

    /// <summary>
    /// What passed there passes here, and what failed there fails here. A test that stopped there with an error may pass here, and no other way round:
    /// the engine of the record did not reach a builtin without an implementation through a mock.
    /// </summary>
    private static string? CompareTests(RegoObject suite, IReadOnlyList<PolicyTestResult> results)
    {
        var want = ((RegoArray)suite.Member("want_tests")!).Items.Cast<RegoObject>()
            .Select(t => (Name: $"{Text(t, "package")}.{Text(t, "name")}", Status: Status(t))).ToHashSet();
        var wrong = results.Select(r => (Name: $"{r.Package}.{r.Name}", Status: r.Outcome.ToString().ToLowerInvariant()))
            .Where(r => !want.Contains(r) && !(r.Status == "pass" && suite.Member("extra_builtins") is not null && want.Contains((r.Name, "error"))))
            .Select(r => $"{r.Name}: {r.Status}").Order(StringComparer.Ordinal).ToList();
        var missing = want.Select(t => t.Name).Except(results.Select(r => $"{r.Package}.{r.Name}"), StringComparer.Ordinal).Count();
        return wrong.Count + missing == 0 ? null : $"{wrong.Count} tests differ, {missing} are missing, such as {string.Join("; ", wrong.Take(20))}";
    }

    private static string Status(RegoObject test) => test.Member("status") is RegoString status ? status.Text
        : test.Member("error") is RegoBoolean { Value: true } ? "error"
        : test.Member("fail") is RegoBoolean { Value: true } ? "fail" : "pass";

    private static string? CompareCoverage(RegoObject want, CoverageReport report)
    {
        foreach (var (path, value) in ((RegoObject)want.Member("files")!).Members)
        {
            var file = report.Files[((RegoString)path).Text];
            foreach (var (name, ranges) in new[] { ("covered", file.Covered), ("not_covered", file.NotCovered) })
            {
                var expected = string.Join(' ', ((((RegoObject)value).Member(name) as RegoArray)?.Items ?? []).Cast<RegoObject>().Select(r => $"{Row(r, "start")}-{Row(r, "end")}"));
                var found = string.Join(' ', ranges.Select(r => $"{r.Start}-{r.End}"));
                if (expected != found)
                {
                    return $"{path}: {name} lines {found}, expected {expected}";
                }
            }
        }

        return null;
    }

    private static string Row(RegoObject range, string end) => ((RegoObject)range.Member(end)!).Member("row")!.ToString();

    private static string Text(RegoObject one, string key) => ((RegoString)one.Member(key)!).Text;
}
