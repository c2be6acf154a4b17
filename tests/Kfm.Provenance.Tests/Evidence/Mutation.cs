using System.Text.Json.Nodes;
using Kfm.Provenance.Evidence;

namespace Kfm.Provenance.Tests.Evidence;

/// <summary>Changes one field of a JSON document: a value, a missing or doubled item, two items that change places, a member too many.</summary>
internal static class Mutation
{
    /// <summary>The changed document, canonical as before, and what was done; null when the change made the same text.</summary>
    public static (byte[] Document, string What)? Of(byte[] document, Random random)
    {
        var text = System.Text.Encoding.UTF8.GetString(document);
        var newline = text.EndsWith('\n');
        var lines = text.TrimEnd('\n').Split('\n');
        var line = random.Next(lines.Length);
        var root = JsonNode.Parse(lines[line])!;
        var nodes = Walk(root).ToList();
        var node = nodes[random.Next(nodes.Count)];
        var what = $"line {line}, {node.GetPath()}: {Change(node, random)}";
        lines[line] = System.Text.Encoding.UTF8.GetString(FactJson.Canonical(root));
        var changed = System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines) + (newline ? "\n" : ""));
        return changed.AsSpan().SequenceEqual(document) ? null : (changed, what);
    }

    private static IEnumerable<JsonNode> Walk(JsonNode node)
    {
        yield return node;
        var children = node switch
        {
            JsonObject o => o.Select(m => m.Value),
            JsonArray a => a,
            _ => [],
        };
        foreach (var child in children.OfType<JsonNode>().SelectMany(Walk))
        {
            yield return child;
        }
    }

    private static string Change(JsonNode node, Random random)
    {
        switch (node)
        {
            case JsonObject o when o.Count == 0 || random.Next(2) == 0:
                o["zz_unknown"] = "x";
                return "a member added";
            case JsonObject o:
                o.Remove(o.ElementAt(random.Next(o.Count)).Key);
                return "a member removed";
            case JsonArray { Count: 0 } a:
                a.Add("x");
                return "an item added";
            case JsonArray a:
                return Change(a, random);
            default:
                node.ReplaceWith(Other(node, random));
                return "a value changed";
        }
    }

    private static string Change(JsonArray array, Random random)
    {
        var index = random.Next(array.Count);
        var item = array[index]!;
        switch (random.Next(3))
        {
            case 0:
                array.RemoveAt(index);
                return "an item removed";
            case 1:
                array.Insert(index, item.DeepClone());
                return "an item doubled";
            default:
                array.RemoveAt(index);
                array.Insert(random.Next(array.Count + 1), item);
                return "an item moved";
        }
    }

    private static JsonNode Other(JsonNode node, Random random)
    {
        var value = node.AsValue();
        if (value.TryGetValue<bool>(out var flag))
        {
            return !flag;
        }

        if (value.TryGetValue<double>(out var number))
        {
            return number + 1;
        }

        var text = value.GetValue<string>();
        if (DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var time) && EvidenceTime.TryParse(text, out _))
        {
            return EvidenceTime.Format(time.AddMilliseconds(random.Next(1, 1000)));
        }

        var at = text.Length == 0 ? 0 : random.Next(text.Length);
        var c = text.Length == 0 ? 'x' : text[at];
        return random.Next(3) switch
        {
            0 when c is >= '0' and <= '9' => text[..at] + (char)('0' + ((c - '0' + 1) % 10)) + text[(at + 1)..],
            0 when c is >= 'a' and <= 'y' => text[..at] + (char)(c + 1) + text[(at + 1)..],
            1 => "",
            _ => text + "x",
        };
    }
}
