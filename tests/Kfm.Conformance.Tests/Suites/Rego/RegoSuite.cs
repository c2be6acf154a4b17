using Kfm.Gates.Rego;

namespace Kfm.Conformance.Tests.Suites.Rego;

/// <summary>OPA's evaluation cases for v1 and v0, its errors, and the test suites of two policy libraries.</summary>
[Trait("Suite", "rego")]
public sealed class RegoSuite() : ConformanceSuite("rego")
{
    protected override IEnumerable<SuiteCase> Cases(string folder)
    {
        foreach (var group in ReadIndex(folder))
        {
            var name = group.Key;
            var file = Path.Combine(folder, name);
            var cases = name.StartsWith("v1/", StringComparison.Ordinal) || name.StartsWith("v0/", StringComparison.Ordinal)
                ? EvaluationCases.Read(file, group, v0: name.StartsWith("v0/", StringComparison.Ordinal))
                : name.StartsWith("opatest/", StringComparison.Ordinal) ? PolicyTestCases.Read(file, group) : [];
            foreach (var one in cases)
            {
                yield return one;
            }
        }

        // A library beside the index is a case of its own.
        var listed = ReadIndex(folder).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(Path.Combine(folder, "opatest"), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(folder, file).Replace('\\', '/');
            foreach (var one in listed.Contains(name) ? [] : PolicyTestCases.Read(file, [name + "#0"]))
            {
                yield return one;
            }
        }

        foreach (var one in ErrorCases.Read(Path.Combine(folder, "errors", "compile_errors.json")))
        {
            yield return one;
        }
    }

    /// <summary>The ids of each file, in the order of its cases.</summary>
    private static IEnumerable<IGrouping<string, string>> ReadIndex(string folder) =>
        File.ReadLines(Path.Combine(folder, "INDEX.tsv")).Where(l => l.Length > 0).Select(l => l.Split('\t')[0])
            .GroupBy(id => id[..id.LastIndexOf('#')], StringComparer.Ordinal);
}
