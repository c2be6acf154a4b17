namespace Kfm.Gates.Rego.Builtins.Templates;

/// <summary>strings.render_template: the language of Go's text/template over values of JSON.</summary>
internal static class TemplateRendering
{
    private const string Name = "strings.render_template";

    internal static void Register(Action<string, int, Builtin> add) => add(Name, 2, Render);

    private static RegoString Render(BuiltinContext context, RegoValue[] a)
    {
        var source = Operand.Text(Name, a, 0);
        var data = Operand.Object(Name, a, 1);
        if (FirstForeign(data) is { } foreign)
        {
            throw BuiltinException.Failed(Name, $"the variables must be JSON, but there is {foreign}");
        }

        try
        {
            context.CheckSize(source.Length);
            return new RegoString(new TemplateExecution(context, "template", source, TemplateParser.Parse("template", source)).Run(data));
        }
        catch (TemplateException e)
        {
            throw BuiltinException.Failed(Name, e.Message);
        }
    }

    /// <summary>A set, or a key that is no string.</summary>
    private static RegoValue? FirstForeign(RegoValue value) => value switch
    {
        RegoSet => value,
        RegoArray array => array.Items.Select(FirstForeign).FirstOrDefault(static v => v is not null),
        RegoObject map => map.Members.Select(static m => m.Key is RegoString ? FirstForeign(m.Value) : m.Key).FirstOrDefault(static v => v is not null),
        _ => null,
    };
}
