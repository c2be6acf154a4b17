using Kfm.Gates.Rego;

namespace Kfm.Conformance.Tests.Suites.Rego;

/// <summary>Cases with modules, a query and the rows or the error that it must give.</summary>
internal static class EvaluationCases
{
    public static IEnumerable<SuiteCase> Read(string file, IEnumerable<string> ids, bool v0)
    {
        var cases = (RegoArray)((RegoObject)CaseFile.Read(file)).Member("cases")!;
        return ids.Zip(cases.Items, (id, one) => new SuiteCase(id, () => Check((RegoObject)one, v0)));
    }

    private static string? Check(RegoObject one, bool v0)
    {
        var wantCode = Text(one.Member("want_error_code"));
        var wantError = Text(one.Member("want_error"));
        try
        {
            var rows = Evaluate(one, v0).Rows.Select(r => (RegoValue)r.Bindings).ToList();
            return wantCode is not null || wantError is not null
                ? $"gives {rows.Count} rows, expected {wantCode} {wantError}"
                : CompareRows(one, rows);
        }
        catch (RegoEvaluationException e) when (wantCode is not null || wantError is not null)
        {
            var codeFits = wantCode is null || e.Code == wantCode;
            return codeFits && (wantError is null || e.Message.Contains(wantError, StringComparison.Ordinal))
                ? null
                : $"gives {e.Message}, expected {wantCode} {wantError}";
        }
    }

    private static QueryResult Evaluate(RegoObject one, bool v0)
    {
        var sources = (one.Member("modules") as RegoArray)?.Items ?? [];
        var modules = sources.Select((m, i) => SourceForm.Of(new RegoModule($"test-{i}.rego", Text(m)!), v0));
        var policy = RegoEngine.Compile(modules, new RegoOptions { V0 = v0 });
        var input = one.Member("input_term") is { } term ? policy.Prepare("x := " + Text(term)).Evaluate(null).Rows[0].Bindings.Member("x") : one.Member("input");
        return policy.Prepare(Text(one.Member("query"))!).Evaluate(input, new EvaluateOptions
        {
            Data = one.Member("data") as RegoObject,
            Clock = TimeProvider.System,
            Seed = new byte[] { 1 },
            Network = new SystemNetwork(),
            Runtime = RegoObject.Create(one.Member("env") is { } env ? [new(RegoValue.Of("env"), env)] : []),
            StrictBuiltinErrors = one.Member("strict_error") is RegoBoolean { Value: true },
            CancellationToken = new CancellationTokenSource(TimeSpan.FromSeconds(10)).Token,
        });
    }

    /// <summary>Rows have no order; sets become sorted arrays, and arrays are sorted when the case says so.</summary>
    private static string? CompareRows(RegoObject one, List<RegoValue> rows)
    {
        if (one.Member("want_result") is not { } want)
        {
            return null;
        }

        var sort = one.Member("sort_bindings") is RegoBoolean { Value: true };
        var expected = Normal(((RegoArray)want).Items, sort);
        var actual = Normal(rows, sort);
        return expected.Equals(actual) ? null : $"gives {actual}, expected {expected}";
    }

    private static RegoArray Normal(IEnumerable<RegoValue> rows, bool sort)
    {
        var normal = rows.Select(r => Bindings((RegoObject)RegoValue.Parse(r.ToJson()), sort)).ToList();
        normal.Sort(RegoValue.Compare);
        return RegoArray.Create(normal);
    }

    private static RegoValue Bindings(RegoObject row, bool sort) =>
        RegoObject.Create(row.Members.Select(m => KeyValuePair.Create(m.Key, Double(sort && m.Value is RegoArray array ? Sorted(array) : m.Value))));

    private static RegoArray Sorted(RegoArray array)
    {
        var items = array.Items.ToList();
        items.Sort(RegoValue.Compare);
        return RegoArray.Create(items);
    }

    /// <summary>The suite was recorded with doubles: numbers beyond their precision count as what a double holds.</summary>
    private static RegoValue Double(RegoValue value) => value switch
    {
        RegoNumber { IsInteger: false } n => CaseFile.Number(double.Parse(n.ToString(), System.Globalization.CultureInfo.InvariantCulture)),
        RegoArray array => RegoArray.Create(array.Items.Select(Double)),
        RegoObject obj => RegoObject.Create(obj.Members.Select(m => KeyValuePair.Create(m.Key, Double(m.Value)))),
        _ => value,
    };

    private static string? Text(RegoValue? value) => (value as RegoString)?.Text;
}
