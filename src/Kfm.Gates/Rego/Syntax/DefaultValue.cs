namespace Kfm.Gates.Rego.Syntax;

/// <summary>What the value of a default rule may hold: anything ground; comprehensions may use variables.</summary>
internal static class DefaultValue
{
    /// <summary>What is not allowed in the value and the arguments.</summary>
    internal static IEnumerable<string> Problems(Term value, Term[]? arguments) =>
        Kinds(value).Select(k => $"value cannot contain {k}").Concat(ArgumentProblems(arguments ?? []));

    private static IEnumerable<string> Kinds(Term term) => term switch
    {
        VarTerm { Name: "data" or "input" } or RefTerm => ["ref"],
        VarTerm => ["var"],
        CallTerm => ["call"],
        ArrayTerm array => array.Items.SelectMany(Kinds),
        SetTerm set => set.Items.SelectMany(Kinds),
        ObjectTerm obj => obj.Members.SelectMany(m => Kinds(m.Key).Concat(Kinds(m.Value))),
        _ => [],
    };

    private static IEnumerable<string> ArgumentProblems(Term[] arguments)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var argument in arguments)
        {
            if (argument is not VarTerm variable)
            {
                yield return $"arguments cannot contain {Kind(argument)}";
            }
            else if (!names.Add(variable.Name))
            {
                yield return $"arguments cannot be repeated {variable.Name}";
            }
        }
    }

    private static string Kind(Term term) => term switch
    {
        ScalarTerm scalar => scalar.Value.Kind.ToString().ToLowerInvariant(),
        ArrayTerm => "array",
        ObjectTerm => "object",
        SetTerm => "set",
        RefTerm => "ref",
        CallTerm => "call",
        TemplateTerm => "templatestring",
        ComprehensionTerm c => c.Kind.ToString().ToLowerInvariant() + "comprehension",
        _ => "var",
    };
}
