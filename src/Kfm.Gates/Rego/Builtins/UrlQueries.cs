using System.Text;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>urlquery.* in the form of Go's net/url: spaces are plus signs.</summary>
internal static class UrlQueries
{
    internal static void Register(Action<string, int, Builtin> add)
    {
        add("urlquery.encode", 1, static (_, a) => new RegoString(Escape(Operand.Text("urlquery.encode", a, 0))));
        add("urlquery.decode", 1, static (_, a) => new RegoString(Unescape("urlquery.decode", Operand.Text("urlquery.decode", a, 0))));
        add("urlquery.encode_object", 1, EncodeObject);
        add("urlquery.decode_object", 1, DecodeObject);
    }

    private static string Escape(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    private static string Unescape(string builtin, string text)
    {
        for (var at = text.IndexOf('%', StringComparison.Ordinal); at >= 0; at = text.IndexOf('%', at + 1))
        {
            if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
            {
                var bad = text[at..Math.Min(text.Length, at + 3)];
                throw BuiltinException.Failed(builtin, "invalid URL escape " + GoQuote.Quote(bad));
            }
        }

        return Uri.UnescapeDataString(text.Replace('+', ' '));
    }

    private static RegoString EncodeObject(BuiltinContext context, RegoValue[] a)
    {
        const string name = "urlquery.encode_object";
        var text = new StringBuilder();
        foreach (var (key, value) in Operand.Object(name, a, 0).Sorted)
        {
            var values = value switch
            {
                RegoString => [value],
                RegoArray array => array.Items,
                RegoSet set => (IReadOnlyList<RegoValue>)set.Sorted,
                _ => throw BuiltinException.Operand(name, 1, $"values must be string, array[string], or set[string] but got {Operand.KindName(value)}"),
            };
            foreach (var item in values)
            {
                text.Append(text.Length == 0 ? "" : "&").Append(Escape(Text(name, key))).Append('=').Append(Escape(Text(name, item)));
            }
        }

        return new RegoString(text.ToString());
    }

    private static string Text(string builtin, RegoValue value) =>
        value is RegoString s ? s.Text : throw BuiltinException.Operand(builtin, 1, $"must be string but got {Operand.KindName(value)}");

    private static RegoObject DecodeObject(BuiltinContext context, RegoValue[] a)
    {
        const string name = "urlquery.decode_object";
        var members = new Dictionary<RegoValue, List<RegoValue>>();
        foreach (var pair in Operand.Text(name, a, 0).Split('&').Where(static p => p.Length > 0))
        {
            var split = pair.IndexOf('=', StringComparison.Ordinal);
            var key = RegoValue.Of(Unescape(name, split < 0 ? pair : pair[..split]));
            var value = RegoValue.Of(split < 0 ? "" : Unescape(name, pair[(split + 1)..]));
            if (!members.TryGetValue(key, out var values))
            {
                members.Add(key, values = []);
            }

            values.Add(value);
        }

        return RegoObject.Create(members.Select(m => KeyValuePair.Create(m.Key, (RegoValue)RegoArray.Create(m.Value))));
    }
}
