using Kfm.Gates.Rego.Yaml;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>yaml.marshal, yaml.unmarshal, yaml.is_valid.</summary>
internal static class YamlFunctions
{
    internal static void Register(Action<string, int, Builtin> add)
    {
        add("yaml.marshal", 1, Marshal);
        add("yaml.unmarshal", 1, static (c, a) => Read(c, Operand.Text("yaml.unmarshal", a, 0), out var message)
            ?? throw BuiltinException.Failed("yaml.unmarshal", message));
        add("yaml.is_valid", 1, static (c, a) => RegoValue.Of(a[0] is RegoString text && Read(c, text.Text, out _) is not null));
    }

    private static RegoString Marshal(BuiltinContext context, RegoValue[] a)
    {
        try
        {
            var text = YamlWriter.Write(a[0]);
            context.CheckSize(text.Length);
            return new RegoString(text);
        }
        catch (YamlFormatException e)
        {
            throw BuiltinException.Failed("yaml.marshal", e.Message);
        }
    }

    /// <summary>The value of a text, null of JSON for an empty one; C#'s null when the text is not YAML.</summary>
    private static RegoValue? Read(BuiltinContext context, string text, out string message)
    {
        context.CheckSize(text.Length);
        message = "";
        try
        {
            return YamlReader.Read(text)?.ToValue() ?? RegoValue.Null;
        }
        catch (YamlFormatException e)
        {
            message = e.Message;
            return null;
        }
    }
}
