using System.Text;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Partial;

/// <summary>Residual queries as Rego.</summary>
internal static class ResidualText
{
    private static readonly HashSet<string> Keywords = new(
        ["and", "as", "contains", "default", "else", "every", "false", "if", "import", "in", "not", "null", "or", "package", "some", "true", "with"], StringComparer.Ordinal);

    private static readonly Dictionary<string, string> Infix = new(StringComparer.Ordinal)
    {
        ["eq"] = "=",
        ["equal"] = "==",
        ["neq"] = "!=",
        ["lt"] = "<",
        ["lte"] = "<=",
        ["gt"] = ">",
        ["gte"] = ">=",
        ["plus"] = "+",
        ["minus"] = "-",
        ["mul"] = "*",
        ["div"] = "/",
        ["rem"] = "%",
        ["and"] = "&",
        ["or"] = "|",
        ["internal.member_2"] = "in",
    };

    internal static string Body(IEnumerable<Expr> body) => string.Join("; ", body.Select(Text)) is { Length: > 0 } text ? text : "true";

    internal static string Of(Term term) => Text(term);

    private static string Text(Expr expr)
    {
        var bare = expr switch
        {
            SomeInExpr { Key: null } some => $"some {Text(some.Value)} in {Text(some.Domain)}",
            SomeInExpr some => $"some {Text(some.Key!)}, {Text(some.Value)} in {Text(some.Domain)}",
            EveryExpr { Key: null } every => $"every {Text(every.Value)} in {Text(every.Domain)} {{ {Body(every.Body)} }}",
            EveryExpr every => $"every {Text(every.Key!)}, {Text(every.Value)} in {Text(every.Domain)} {{ {Body(every.Body)} }}",
            TermExpr { Term: CallTerm { Arguments: [var left, var right] } call } when Name(call) is { } name && Infix.TryGetValue(name, out var sign) =>
                $"{Text(left)} {sign} {Text(right)}",
            _ => Text(((TermExpr)expr).Term),
        };
        var withs = expr.Withs.Select(static w => $" with {Text(w.Target)} as {Text(w.Value)}");
        return (expr.Negated ? "not " : "") + bare + string.Concat(withs);
    }

    private static string Text(Term term) => term switch
    {
        ScalarTerm scalar => Text(scalar.Value),
        VarTerm variable => variable.IsWildcard ? "_" : variable.Name.Replace('#', '_'),
        RefTerm reference => Text(reference.Head) + string.Concat(reference.Path.Select(Step)),
        ArrayTerm array => "[" + All(array.Items) + "]",
        SetTerm set => set.Items.Length == 0 ? "set()" : "{" + All(set.Items) + "}",
        ObjectTerm obj => "{" + string.Join(", ", obj.Members.Select(static m => $"{Text(m.Key)}: {Text(m.Value)}")) + "}",
        CallTerm call => Call(call),
        ComprehensionTerm { Kind: RegoKind.Array } c => $"[{Text(c.Value)} | {Body(c.Body)}]",
        ComprehensionTerm { Kind: RegoKind.Set } c => $"{{{Text(c.Value)} | {Body(c.Body)}}}",
        ComprehensionTerm c => $"{{{Text(c.Key!)}: {Text(c.Value)} | {Body(c.Body)}}}",
        TemplateTerm template => "$\"" + string.Concat(template.Parts.Select(Part)) + "\"",
        _ => "_",
    };

    private static string Part((string? Text, Term? Value) part)
    {
        if (part.Value is not null)
        {
            return "{" + Text(part.Value) + "}";
        }

        var quoted = new StringBuilder();
        JsonOutput.Quote(part.Text!, quoted);
        return quoted.ToString(1, quoted.Length - 2).Replace("{", "\\{", StringComparison.Ordinal);
    }

    private static string All(Term[] terms) => string.Join(", ", terms.Select(Text));

    private static string Call(CallTerm call)
    {
        var name = Name(call);
        return name is not null && call.Arguments.Length == 2 && Infix.TryGetValue(name, out var sign)
            ? $"({Text(call.Arguments[0])} {sign} {Text(call.Arguments[1])})"
            : $"{name ?? Text(call.Target)}({All(call.Arguments)})";
    }

    private static string? Name(CallTerm call) => (call.Target as VarTerm)?.Name;

    private static string Step(Term step) => step is ScalarTerm { Value: RegoString { Text: var text } } && IsName(text) ? "." + text : $"[{Text(step)}]";

    private static bool IsName(string text) => text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_')
        && !Keywords.Contains(text);

    private static string Text(RegoValue value)
    {
        switch (value)
        {
            case RegoString s:
                var quoted = new StringBuilder();
                JsonOutput.Quote(s.Text, quoted);
                return quoted.ToString();
            case RegoArray array:
                return "[" + string.Join(", ", array.Items.Select(Text)) + "]";
            case RegoSet { Count: > 0 } set:
                return "{" + string.Join(", ", set.Sorted.Select(Text)) + "}";
            case RegoObject obj:
                return "{" + string.Join(", ", obj.Sorted.Select(static m => $"{Text(m.Key)}: {Text(m.Value)}")) + "}";
            default:
                return value.ToString();
        }
    }
}
