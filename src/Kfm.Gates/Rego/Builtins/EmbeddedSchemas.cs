using System.Text.Json;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>Schemas with an absolute <c>$id</c> below members that no dialect knows, such as <c>$def</c>: OPA finds an identifier wherever it stands.</summary>
internal static class EmbeddedSchemas
{
    private const int MaxDepth = 200;
    private static readonly HashSet<string> Values = new(StringComparer.Ordinal) { "const", "enum", "default", "examples" };
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames", "items", "additionalItems", "allOf", "anyOf", "oneOf", "prefixItems",
        "unevaluatedItems", "unevaluatedProperties", "contentSchema", "properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies",
    };

    /// <summary>The schemas by their identifiers, of equal ones the first.</summary>
    internal static Dictionary<string, ReadOnlyMemory<byte>> Of(byte[] schema)
    {
        var found = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        if (schema.AsSpan().Count("\"$id\""u8) > 0)
        {
            using var document = JsonDocument.Parse(schema, new JsonDocumentOptions { MaxDepth = JsonInput.MaxDepth });
            foreach (var member in document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.EnumerateObject() : default)
            {
                if (!Known.Contains(member.Name) && !Values.Contains(member.Name))
                {
                    Find(member.Value, 0, found);
                }
            }
        }

        return found;
    }

    private static void Find(JsonElement value, int depth, Dictionary<string, ReadOnlyMemory<byte>> found)
    {
        if (value.ValueKind != JsonValueKind.Object || depth > MaxDepth)
        {
            return;
        }

        if (value.TryGetProperty("$id", out var id) && id.ValueKind == JsonValueKind.String && Uri.TryCreate(id.GetString(), UriKind.Absolute, out _))
        {
            // What stands in it is found from it.
            found.TryAdd(id.GetString()!, System.Text.Encoding.UTF8.GetBytes(value.GetRawText()));
            return;
        }

        foreach (var member in value.EnumerateObject())
        {
            Find(member.Value, depth + 1, found);
        }
    }
}
