using System.Globalization;
using Kfm.Gates.Rego;

namespace Kfm.Conformance.Tests.Suites.Rego;

/// <summary>Modules that must not compile: codes and rows must be those of OPA; an empty list must compile.</summary>
internal static class ErrorCases
{
    /// <summary>The cases of a file; with the last one the share of those whose messages and columns are OPA's too goes to standard output.</summary>
    public static IEnumerable<SuiteCase> Read(string file)
    {
        if (!File.Exists(file))
        {
            yield break;
        }

        var tally = new MessageTally();
        foreach (var one in ((RegoArray)((RegoObject)CaseFile.Read(file)).Member("cases")!).Items.Cast<RegoObject>())
        {
            yield return new SuiteCase($"errors/{((RegoString)one.Member("note")!).Text}#0", () => Check(one, tally));
        }

        Console.WriteLine(tally);
    }

    private static string? Check(RegoObject one, MessageTally tally)
    {
        var errors = Errors(one);
        tally.Add(Text(one, "note"), ((RegoArray)one.Member("want_errors")!).Items.Cast<RegoObject>(), errors);
        var want = ((RegoArray)one.Member("want_errors")!).Items.Cast<RegoObject>()
            .Select(e => Show(Text(e, "code"), e.Member("row")!.ToString(), Text(e, "module"))).Distinct().Order(StringComparer.Ordinal).ToList();
        var found = errors.Select(e => Show(e.Code, e.Row.ToString(CultureInfo.InvariantCulture), e.Path)).Distinct().Order(StringComparer.Ordinal).ToList();
        return want.SequenceEqual(found, StringComparer.Ordinal) ? null : $"gives [{string.Join("; ", found)}], expected [{string.Join("; ", want)}]";
    }

    private static IReadOnlyList<RegoError> Errors(RegoObject one)
    {
        var modules = ((RegoArray)one.Member("modules")!).Items.Select((m, i) => new RegoModule($"m{i}.rego", ((RegoString)m).Text));
        try
        {
            RegoEngine.Compile(modules, new RegoOptions { Strict = one.Member("strict") is RegoBoolean { Value: true } });
            return [];
        }
        catch (RegoCompileException e)
        {
            return e.Errors;
        }
    }

    private static string Text(RegoObject one, string key) => (one.Member(key) as RegoString)?.Text ?? "";

    private static string Show(string code, string row, string module) => $"{module}:{row} {code}";
}
