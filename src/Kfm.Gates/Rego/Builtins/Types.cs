namespace Kfm.Gates.Rego.Builtins;

/// <summary>type_name, is_*, cast_*, to_number.</summary>
internal static class Types
{
    internal static void Register(Action<string, int, Builtin> add)
    {
        add("type_name", 1, static (_, a) => new RegoString(Operand.KindName(a[0])));
        for (var kind = RegoKind.Null; kind <= RegoKind.Set; kind++)
        {
            var wanted = kind;
            add("is_" + wanted.ToString().ToLowerInvariant(), 1, (_, a) => RegoValue.Of(a[0].Kind == wanted));
        }

        add("to_number", 1, ToNumber);
        add("cast_array", 1, static (_, a) => new RegoArray([.. Operand.Items("cast_array", a, 0)]));
        add("cast_set", 1, static (_, a) => RegoSet.Create(Operand.Items("cast_set", a, 0)));
        add("cast_string", 1, static (_, a) => new RegoString(Operand.Text("cast_string", a, 0)));
        add("cast_boolean", 1, static (_, a) => RegoValue.Of(Operand.Flag("cast_boolean", a, 0)));
        add("cast_object", 1, static (_, a) => Operand.Object("cast_object", a, 0));
        add("cast_null", 1, static (_, a) => a[0] is RegoNull ? a[0] : throw Operand.Wrong("cast_null", a, 0, "null"));
    }

    private static RegoNumber ToNumber(BuiltinContext context, RegoValue[] a) => a[0] switch
    {
        RegoNull => RegoNumber.Of(0L),
        RegoBoolean b => RegoNumber.Of(b.Value ? 1L : 0L),
        RegoNumber n => n,
        RegoString s => RegoNumber.TryParse(Trim(s.Text), out var number)
            ? number
            : throw NotNumber(s.Text),
        _ => throw Operand.Wrong("to_number", a, 0, "one of {boolean, null, number, string}"),
    };

    private static BuiltinException NotNumber(string text) => text.TrimStart('+', '-').ToLowerInvariant() is "nan" or "inf" or "infinity"
        ? BuiltinException.Operand("to_number", 1, $"must be valid number string, got {GoQuote.Quote(text)}")
        : BuiltinException.Failed("to_number", $"strconv.ParseFloat: parsing {GoQuote.Quote(text)}: invalid syntax");

    /// <summary>Go also reads a plus sign, leading zeros and a bare point.</summary>
    private static string Trim(string text)
    {
        var negative = text.StartsWith('-');
        var digits = text.Length > 0 && text[0] is '+' or '-' ? text[1..] : text;
        if (digits.Length == 0 || !(char.IsAsciiDigit(digits[0]) || digits[0] == '.'))
        {
            return "";
        }

        digits = digits.TrimStart('0');
        digits = digits.Length == 0 || !char.IsAsciiDigit(digits[0]) ? "0" + digits : digits;
        digits = digits.EndsWith('.') ? digits[..^1] : digits;
        return negative ? "-" + digits : digits;
    }
}
