using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Kfm.Provenance.Tests.Json;

/// <summary>JSON values from a seed, and texts that spell a value in different ways.</summary>
internal sealed class RandomJson(int seed)
{
    private static readonly string[] Letters =
        ["a", "b", "k", "\"", "\\", "/", "\n", "\u0001", "\u007f", "é", "\u2028", "\ue000", "\uffff", "😀", "𝄞", "~", "0"];

    private static readonly double[] Numbers =
        [0, 1, -1, 0.1, 1e21, 1e-7, 123456789012345680000d, 5e-324, 1.7976931348623157e308, 9007199254740992, 0.000001, -12.5, 100];

    private readonly Random _random = new(seed);

    /// <summary>A value at most <paramref name="depth"/> levels deep.</summary>
    public JsonNode? Value(int depth = 4) => _random.Next(depth > 0 ? 7 : 5) switch
    {
        0 => null,
        1 => JsonValue.Create(_random.Next(2) == 0),
        2 => JsonValue.Create(Numbers[_random.Next(Numbers.Length)]),
        3 => JsonValue.Create(BitConverter.Int64BitsToDouble(_random.NextInt64()) is var d && double.IsFinite(d) ? d : 7),
        4 => JsonValue.Create(Text()),
        5 => new JsonArray([.. Enumerable.Range(0, _random.Next(5)).Select(_ => Value(depth - 1))]),
        _ => Object(_random.Next(20) == 0 ? 60 : _random.Next(6), depth - 1),
    };

    /// <summary>A text of the value: any order of members, white space, escapes and number spelling.</summary>
    public string Spell(JsonNode? value)
    {
        var text = new StringBuilder();
        Spell(value, text);
        return text.ToString();
    }

    private JsonObject Object(int members, int depth)
    {
        var value = new JsonObject();
        for (var i = 0; i < members; i++)
        {
            value[Text()] = Value(depth);
        }

        return value;
    }

    private string Text() => string.Concat(Enumerable.Range(0, _random.Next(12)).Select(_ => Letters[_random.Next(Letters.Length)]));

    private void Spell(JsonNode? value, StringBuilder text)
    {
        Space(text);
        switch (value)
        {
            case JsonObject members:
                Join(text, '{', members.OrderBy(_ => _random.Next()).ToList(), m =>
                {
                    Quote(m.Key, text);
                    Space(text);
                    text.Append(':');
                    Spell(m.Value, text);
                }, '}');
                break;
            case JsonArray items:
                Join(text, '[', items.ToList(), i => Spell(i, text), ']');
                break;
            case JsonValue scalar when scalar.TryGetValue(out string? s):
                Quote(s, text);
                break;
            case JsonValue scalar when scalar.TryGetValue(out double d):
                text.Append(d.ToString(_random.Next(3) switch { 0 => "R", 1 => "E16", _ => "e20" }, CultureInfo.InvariantCulture));
                break;
            default:
                text.Append(value?.ToJsonString() ?? "null");
                break;
        }

        Space(text);
    }

    private void Join<T>(StringBuilder text, char open, List<T> items, Action<T> write, char close)
    {
        text.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            text.Append(i > 0 ? "," : "");
            Space(text);
            write(items[i]);
        }

        Space(text);
        text.Append(close);
    }

    private void Quote(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var c in value)
        {
            if (c is '"' or '\\' or < ' ' || _random.Next(6) == 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            }
            else
            {
                // A pair of surrogates is spelt as one: half an escape beside half a character is not well-formed.
                text.Append(char.IsSurrogate(c) ? $"\\u{(int)c:x4}" : c.ToString());
            }
        }

        text.Append('"');
    }

    private void Space(StringBuilder text) => text.Append(_random.Next(8) switch { 0 => " ", 1 => "\n\t", 2 => "\r\n", _ => "" });
}
