using System.Text;
using Kfm.Provenance.Json;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>json.marshal, json.unmarshal, json.is_valid.</summary>
internal static class JsonFunctions
{
    internal static void Register(Action<string, int, Builtin> add)
    {
        add("json.marshal", 1, static (_, a) => new RegoString(JsonOutput.Write(a[0])));
        add("json.marshal_with_options", 2, MarshalWithOptions);
        add("json.unmarshal", 1, Unmarshal);
        add("json.is_valid", 1, static (_, a) => RegoValue.Of(a[0] is RegoString s && TryParse(s.Text, out string _) is not null));
    }

    private static RegoValue Unmarshal(BuiltinContext context, RegoValue[] a) =>
        TryParse(Operand.Text("json.unmarshal", a, 0), out var message) ?? throw BuiltinException.Failed("json.unmarshal", message);

    private static RegoValue? TryParse(string text, out string message)
    {
        message = "";
        try
        {
            return RegoValue.Parse(Encoding.UTF8.GetBytes(text));
        }
        catch (JsonFormatException e)
        {
            message = e.Message;
            return null;
        }
    }

    private static RegoString MarshalWithOptions(BuiltinContext context, RegoValue[] a)
    {
        var options = Operand.Object("json.marshal_with_options", a, 1);
        var pretty = options.Member("indent") is not null || options.Member("prefix") is not null;
        string? indent = null;
        var prefix = "";
        foreach (var (key, value) in options.Sorted)
        {
            switch ((key as RegoString)?.Text, value)
            {
                case ("indent", RegoString text):
                    indent = text.Text;
                    break;
                case ("prefix", RegoString text):
                    prefix = text.Text;
                    break;
                case ("pretty", RegoBoolean flag):
                    pretty = flag.Value;
                    break;
                case ("indent" or "prefix" or "pretty", _):
                    throw BuiltinException.Operand("json.marshal_with_options", 2, $"key {key} failed cast from {Operand.KindName(value)}");
                default:
                    throw BuiltinException.Operand("json.marshal_with_options", 2, $"object contained unknown key {key}");
            }
        }

        return new RegoString(pretty ? prefix + JsonOutput.Write(a[0], indent ?? "\t", prefix) : JsonOutput.Write(a[0]));
    }
}
