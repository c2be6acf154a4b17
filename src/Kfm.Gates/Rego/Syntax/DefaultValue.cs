namespace Kfm.Gates.Rego.Syntax;

/// <summary>What the value of a default rule may hold: anything ground; comprehensions may use variables.</summary>
internal static class DefaultValue
{
    /// <summary>The kind of the first term that is not allowed, or null.</summary>
    internal static string? Problem(Term term) => term switch
    {
        VarTerm => "var",
        RefTerm => "ref",
        CallTerm => "call",
        ArrayTerm array => First(array.Items),
        SetTerm set => First(set.Items),
        ObjectTerm obj => First(obj.Members.SelectMany(m => new[] { m.Key, m.Value })),
        _ => null,
    };

    private static string? First(IEnumerable<Term> terms) => terms.Select(Problem).FirstOrDefault(p => p is not null);
}
