using System.Globalization;
using System.Text;

namespace Kfm.Gates.Rego.Builtins.Templates;

/// <summary>Values as Go's fmt prints them: maps as map[k:v], lists as [a b]. A number of the data is its text, as Go's json.Number.</summary>
internal static class TemplateText
{
    internal static string TypeName(object? value) => value switch
    {
        null or RegoNull => "nil",
        long => "int",
        double => "float64",
        RegoString => "string",
        RegoNumber => "json.Number",
        RegoBoolean => "bool",
        RegoArray => "[]interface {}",
        _ => "map[string]interface {}",
    };

    /// <summary>Whether Go holds the value as a string, which numbers of JSON are too.</summary>
    internal static string? AsString(object? value) => value switch
    {
        RegoString text => text.Text,
        RegoNumber number => number.ToString(),
        _ => null,
    };

    /// <summary>fmt.Sprint: blanks between operands of which neither is a string.</summary>
    internal static string Sprint(BuiltinContext context, IReadOnlyList<object?> values)
    {
        var text = new StringBuilder();
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0 && AsString(values[i]) is null && AsString(values[i - 1]) is null)
            {
                text.Append(' ');
            }

            Append(context, values[i], text);
        }

        return text.ToString();
    }

    internal static void Append(BuiltinContext context, object? value, StringBuilder text)
    {
        context.CheckSize(text.Length);
        switch (value)
        {
            case null or RegoNull:
                text.Append("<nil>");
                break;
            case long whole:
                text.Append(CultureInfo.InvariantCulture, $"{whole}");
                break;
            case double real:
                text.Append(GoFloat.Format(real, 'g', -1));
                break;
            case RegoString or RegoNumber:
                text.Append(AsString(value));
                break;
            case RegoArray array:
                Join(context, "[", array.Items.Select(static i => ((RegoValue?)null, i)), text);
                break;
            case RegoObject map:
                Join(context, "map[", map.Sorted.ToArray().Select(static m => ((RegoValue?)m.Key, m.Value)), text);
                break;
            default:
                text.Append(value);
                break;
        }
    }

    private static void Join(BuiltinContext context, string open, IEnumerable<(RegoValue? Key, RegoValue Value)> items, StringBuilder text)
    {
        var separator = open;
        foreach (var (key, value) in items)
        {
            text.Append(separator);
            separator = " ";
            if (key is not null)
            {
                Append(context, key, text);
                text.Append(':');
            }

            Append(context, value, text);
        }

        text.Append(separator == open ? open + "]" : "]");
    }
}
