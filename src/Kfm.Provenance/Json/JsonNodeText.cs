using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kfm.Provenance.Json;

/// <summary>What System.Text.Json does not refuse in nodes: its writer replaces a lone surrogate without a word.</summary>
internal static class JsonNodeText
{
    /// <summary>System.Text.Json recurses when it writes nodes.</summary>
    public const int MaxDepth = 1000;

    /// <summary>Refuses lone surrogates, a name twice in an object, and more levels than the canonical form allows.</summary>
    /// <exception cref="JsonFormatException">There is one; its byte position is 0, since a node has no text.</exception>
    public static void Check(JsonNode root, int maxDepth)
    {
        var open = new Stack<(JsonNode Node, string Pointer, int Depth)>([(root, "", 1)]);
        while (open.TryPop(out var next))
        {
            if (next.Node is JsonValue value)
            {
                Require(IsWellFormed(value), "The string has a surrogate without its pair.", next.Pointer);
                continue;
            }

            Require(next.Depth <= maxDepth, $"The value is more than {maxDepth} levels deep.", next.Pointer);
            foreach (var (segment, child) in Children(next.Node, next.Pointer))
            {
                Require(IsWellFormed(segment), "The name has a surrogate without its pair.", next.Pointer);
                if (child is not null)
                {
                    open.Push((child, $"{next.Pointer}/{segment}", next.Depth + 1));
                }
            }
        }
    }

    private static List<(string Segment, JsonNode? Child)> Children(JsonNode node, string pointer)
    {
        if (node is JsonArray array)
        {
            return [.. array.Select((child, i) => ($"{i}", child))];
        }

        try
        {
            return [.. node.AsObject().Select(m => (m.Key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal), m.Value))];
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // A parsed object is read when it is first looked at, and this is how its names are refused.
            throw new JsonFormatException($"The members of the object cannot be read: {e.Message}", 0, pointer);
        }
    }

    private static bool IsWellFormed(JsonValue value)
    {
        if (value.TryGetValue(out JsonElement element))
        {
            var raw = element.ValueKind == JsonValueKind.String ? JsonMarshal.GetRawUtf8Value(element) : "\"\""u8;
            return JsonText.Quote(raw[1..^1], new byte[raw.Length], out _) >= 0;
        }

        return value.TryGetValue(out string? text) ? IsWellFormed(text) : !value.TryGetValue(out char c) || !char.IsSurrogate(c);
    }

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                return false;
            }

            i++;
        }

        return true;
    }

    private static void Require(bool holds, string message, string pointer)
    {
        if (!holds)
        {
            throw new JsonFormatException(message, 0, pointer);
        }
    }
}
