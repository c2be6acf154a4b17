using System.Text.Json;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.Evidence;

/// <summary>Finds the first place at which two JSON values differ, in the order of the expected one.</summary>
internal static class JsonDifference
{
    /// <summary>The place and what differs there, or null when the values are equal.</summary>
    public static (string Pointer, string Message)? First(JsonElement expected, JsonElement actual, string pointer)
    {
        if (expected.ValueKind != actual.ValueKind)
        {
            return (pointer, $"{Short(expected)} is expected, not {Short(actual)}");
        }

        return expected.ValueKind switch
        {
            JsonValueKind.Object => Objects(expected, actual, pointer),
            JsonValueKind.Array => Arrays(expected, actual, pointer),
            _ => string.Equals(expected.GetRawText(), actual.GetRawText(), StringComparison.Ordinal)
                ? null
                : (pointer, $"{Short(expected)} is expected, not {Short(actual)}"),
        };
    }

    private static (string Pointer, string Message)? Objects(JsonElement expected, JsonElement actual, string pointer)
    {
        foreach (var member in expected.EnumerateObject())
        {
            if (!actual.TryGetProperty(member.Name, out var value))
            {
                return (pointer, $"the member '{member.Name}' is missing");
            }

            if (First(member.Value, value, pointer + "/" + JsonCursor.Escape(member.Name)) is { } difference)
            {
                return difference;
            }
        }

        foreach (var member in actual.EnumerateObject())
        {
            if (!expected.TryGetProperty(member.Name, out _))
            {
                return (pointer + "/" + JsonCursor.Escape(member.Name), $"the member '{member.Name}' is not known here");
            }
        }

        return null;
    }

    private static (string Pointer, string Message)? Arrays(JsonElement expected, JsonElement actual, string pointer)
    {
        var (wanted, found) = (expected.GetArrayLength(), actual.GetArrayLength());
        for (var i = 0; i < Math.Min(wanted, found); i++)
        {
            if (First(expected[i], actual[i], $"{pointer}/{i}") is { } difference)
            {
                return difference;
            }
        }

        return wanted == found ? null : (pointer, $"{wanted} items are expected in this order, not {found}");
    }

    private static string Short(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length > 100 ? text[..100] + "…" : text;
    }
}
