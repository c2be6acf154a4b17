using System.Text;

namespace Kfm.Gates.Rego.Syntax;

/// <summary>Syntax trees in the JSON of OPA: here modules, rules and expressions. Their depth is that of the parser.</summary>
internal static partial class SyntaxJson
{
    internal static RegoObject Of(Module module) => Object(
        ("package", Object(("path", Path("data", module.Package)))),
        ("imports", List(module.Imports.Concat(module.KeywordImports).OrderBy(static i => i.Location.Row).ThenBy(static i => i.Location.Col).Select(Of))),
        ("rules", List(module.Rules.Select(Of))),
        ("comments", List(module.Comments.Select(Of))));

    private static RegoObject Of(Import import)
    {
        var alias = import.Name.Length > 0 && !string.Equals(import.Name, import.Path.Length > 0 ? import.Path[^1] : import.Root, StringComparison.Ordinal);
        return Object(
            ("path", Typed("ref", Path(import.Root, import.Path))),
            ("alias", alias ? RegoValue.Of(import.Name) : null));
    }

    private static RegoObject Of(Comment comment) => Object(
        ("Location", Object(
            ("file", RegoValue.Of(comment.Location.File)),
            ("row", RegoValue.Of(comment.Location.Row)),
            ("col", RegoValue.Of(comment.Location.Col)))),
        ("Text", RegoValue.Of(Convert.ToBase64String(Encoding.UTF8.GetBytes(comment.Text)))));

    private static RegoObject Of(Rule rule) => Object(
        ("head", Of(rule.Head)),
        ("else", rule.Else is null ? null : Of(rule.Else)),
        ("body", Body(rule.Body)),
        ("default", rule.IsDefault ? RegoValue.True : null));

    private static RegoObject Of(RuleHead head) => Object(
        ("name", head.Path.Length == 0 ? RegoValue.Of(head.Name) : null),
        ("ref", Array([Variable(head.Name), .. head.Path.Select(Of)])),
        ("args", head.Arguments is null ? null : Array([.. head.Arguments.Select(Of)])),
        ("key", head.Element is null ? null : Of(head.Element)),
        ("value", head.Value is null ? null : Of(head.Value)),
        ("assign", head.Assigns ? RegoValue.True : null));

    private static RegoArray Body(Expr[] body) => Array([.. body.Select(Of)]);

    private static RegoObject Of(Expr expr, int index) => Object(
        ("index", RegoValue.Of(index)),
        ("negated", expr.Negated ? RegoValue.True : null),
        ("terms", Terms(expr)),
        ("with", List(expr.Withs.Select(static w => Object(("target", Of(w.Target)), ("value", Of(w.Value)))))));

    private static RegoValue Terms(Expr expr) => expr switch
    {
        SomeExpr some => Object(("symbols", Array([.. some.Variables.Select(Of)]))),
        SomeInExpr { Key: null } some => Object(("symbols", Array([Of(new CallTerm(some.Location, Builtin(some, "internal.member_2"), [some.Value, some.Domain]))]))),
        SomeInExpr some => Object(("symbols", Array([Of(new CallTerm(some.Location, Builtin(some, "internal.member_3"), [some.Key!, some.Value, some.Domain]))]))),
        EveryExpr every => Object(
            ("key", every.Key is null ? RegoValue.Null : Of(every.Key)),
            ("value", Of(every.Value)),
            ("domain", Of(every.Domain)),
            ("body", Body(every.Body))),
        TermExpr { Term: CallTerm call } => Array([Callee(call.Target), .. call.Arguments.Select(Of)]),
        TermExpr { Term: var term } => Of(term),
        _ => throw new InvalidOperationException($"{expr.GetType().Name} has no JSON"),
    };

    private static VarTerm Builtin(Expr expr, string name) => new(expr.Location, name);

    private static RegoArray? List(IEnumerable<RegoValue> items) => items.ToArray() is { Length: > 0 } array ? Array(array) : null;

    private static RegoArray Array(RegoValue[] items) => RegoArray.Create(items);

    private static RegoArray Path(string root, string[] names) => Array([Variable(root), .. names.Select(static n => Typed("string", RegoValue.Of(n)))]);

    /// <summary>An object of those members that have a value.</summary>
    private static RegoObject Object(params (string Name, RegoValue? Value)[] members) =>
        RegoObject.Create(members.Where(static m => m.Value is not null).Select(static m => KeyValuePair.Create(RegoValue.Of(m.Name), m.Value!)));
}
