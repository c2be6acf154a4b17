namespace Kfm.Gates.Rego.Syntax;

/// <summary>Terms: an object with type and value.</summary>
internal static partial class SyntaxJson
{
    private static RegoObject Of(Term term) => term switch
    {
        ScalarTerm scalar => Typed(scalar.Value.Kind.ToString().ToLowerInvariant(), scalar.Value),
        VarTerm variable => Variable(variable.Name),
        RefTerm { Head: var head, Path: var path } => Typed("ref", Array([Of(head), .. path.Select(Of)])),
        ArrayTerm array => Typed("array", Array([.. array.Items.Select(Of)])),
        SetTerm set => Typed("set", Array([.. set.Items.Select(Of)])),
        ObjectTerm obj => Typed("object", Array([.. obj.Members.Select(static m => Array([Of(m.Key), Of(m.Value)]))])),
        CallTerm call => Typed("call", Array([Callee(call.Target), .. call.Arguments.Select(Of)])),
        ComprehensionTerm { Kind: RegoKind.Object } made => Typed("objectcomprehension", Object(("key", Of(made.Key!)), ("value", Of(made.Value)), ("body", Body(made.Body)))),
        ComprehensionTerm made => Typed(made.Kind.ToString().ToLowerInvariant() + "comprehension", Object(("term", Of(made.Value)), ("body", Body(made.Body)))),
        TemplateTerm template => Typed("templatestring", Object(("parts", Array([.. template.Parts.Select(Part)])))),
        _ => throw new InvalidOperationException($"{term.GetType().Name} has no JSON"),
    };

    private static RegoObject Part((string? Text, Term? Value) part) => part.Value is null
        ? Typed("string", RegoValue.Of(part.Text ?? ""))
        : Object(("index", RegoValue.Of(0)), ("terms", Of(part.Value)));

    /// <summary>What a call names is a reference, also when it is one name.</summary>
    private static RegoObject Callee(Term target) => target is VarTerm variable && variable.Name.Split('.') is var names
        ? Typed("ref", Path(names[0], names[1..]))
        : Of(target);

    private static RegoObject Variable(string name) => Typed("var", RegoValue.Of(name));

    private static RegoObject Typed(string type, RegoValue value) => Object(("type", RegoValue.Of(type)), ("value", value));
}
