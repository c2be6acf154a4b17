using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile;

/// <summary>
/// The tests of a rule that OPA's index answers: equality of a place in the input, or of an argument, with a constant or a variable. The place
/// must be there, and have the value when that is constant. Coverage needs this, because a rule that the index leaves out is never entered.
/// </summary>
internal static class IndexedTests
{
    internal static IEnumerable<(Term Place, RegoValue? Value)> Of(Rule rule)
    {
        if (rule.Else is not null || rule.IsDefault)
        {
            yield break;
        }

        var arguments = (rule.Head.Arguments ?? []).OfType<VarTerm>().Select(v => v.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var expr in rule.Body)
        {
            if (expr is TermExpr { Negated: false, Withs.Length: 0, Term: CallTerm { Target: VarTerm { Name: "eq" or "equal" }, Arguments: [var left, var right] } }
                && (Test(left, right, arguments) ?? Test(right, left, arguments)) is { } test)
            {
                yield return test;
            }
        }
    }

    private static (Term Place, RegoValue? Value)? Test(Term place, Term value, HashSet<string> arguments)
    {
        var indexed = place is RefTerm { Head: VarTerm { Name: "input" } } reference && Array.TrueForAll(reference.Path, s => s is ScalarTerm { Value: RegoString });
        if (!indexed && !(place is VarTerm variable && arguments.Contains(variable.Name)))
        {
            return null;
        }

        return value switch
        {
            ScalarTerm scalar => (place, scalar.Value),
            VarTerm { Name: not ("data" or "input") } => (place, null),
            _ => null,
        };
    }
}
