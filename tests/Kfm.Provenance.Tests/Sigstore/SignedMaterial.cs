using System.Text;
using System.Text.Json.Nodes;

namespace Kfm.Provenance.Tests.Sigstore;

/// <summary>A value of a bundle whose bytes are changed one at a time.</summary>
internal sealed class SignedMaterial(JsonValue place, byte[] bytes, bool isBase64)
{
    private readonly string _before = place.GetValue<string>();

    public byte[] Bytes => bytes;

    public int Length => bytes.Length;

    /// <summary>The bundle with the lowest bit of a byte turned.</summary>
    public byte[] With(int at)
    {
        var changed = (byte[])bytes.Clone();
        changed[at] ^= 1;
        var text = isBase64 ? Convert.ToBase64String(changed) : Encoding.Latin1.GetString(changed) is var latin && changed.All(b => b < 0x80) ? latin : Encoding.UTF8.GetString(changed);
        var rest = isBase64 ? "" : _before[Encoding.UTF8.GetString(bytes).Length..];
        var (parent, root) = (place.Parent!, place.Root);
        var replacement = JsonValue.Create(text + rest);
        Replace(parent, place, replacement);
        var json = Encoding.UTF8.GetBytes(root.ToJsonString());
        Replace(parent, replacement, place);
        return json;
    }

    private static void Replace(JsonNode parent, JsonValue before, JsonValue after)
    {
        if (parent is JsonArray list)
        {
            list[list.IndexOf(before)] = after;
        }
        else
        {
            parent.AsObject()[before.GetPropertyName()] = after;
        }
    }
}
