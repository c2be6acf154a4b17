using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile;

/// <summary>References as errors show them: <c>data.a["b c"][x]</c>.</summary>
internal static class ReferenceText
{
    internal static string Of(RefTerm reference) => Step(reference.Head) + string.Concat(reference.Path.Select(
        s => s is ScalarTerm { Value: RegoString name } && IsName(name.Text) ? "." + name.Text : $"[{Step(s)}]"));

    internal static string Step(Term step) => step switch
    {
        ScalarTerm scalar => scalar.Value.ToString()!,
        VarTerm variable => Scope.SourceName(variable.Name),
        RefTerm reference => Of(reference),
        ArrayTerm array => $"[{string.Join(", ", array.Items.Select(Step))}]",
        SetTerm set => set.Items.Length == 0 ? "set()" : $"{{{string.Join(", ", set.Items.Select(Step))}}}",
        ObjectTerm obj => $"{{{string.Join(", ", obj.Members.Select(m => $"{Step(m.Key)}: {Step(m.Value)}"))}}}",
        CallTerm call => $"{Step(call.Target)}({string.Join(", ", call.Arguments.Select(Step))})",
        _ => "__local__",
    };

    internal static bool IsName(string text) =>
        text.Length > 0 && (char.IsAsciiLetter(text[0]) || text[0] == '_') && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
