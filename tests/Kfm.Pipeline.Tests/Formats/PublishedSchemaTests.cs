using System.Text.Json;
using Kfm.Provenance.JsonSchema;

namespace Kfm.Pipeline.Tests.Formats;

public sealed class PublishedSchemaTests
{
    private static readonly string[] Nested = ["properties", "$defs"];

    public static TheoryData<string> Names => [.. SchemaFiles.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Schema_compiles_and_names_its_dialect_and_itself(string name)
    {
        Assert.NotNull(SchemaFiles.Compile(name));
        using var document = JsonDocument.Parse(SchemaFiles.Bytes(name));
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", document.RootElement.GetProperty("$schema").GetString());
        Assert.Equal(SchemaFiles.Id(name), document.RootElement.GetProperty("$id").GetString());
        Assert.True(document.RootElement.TryGetProperty("title", out _));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Schema_is_closed(string name)
    {
        using var document = JsonDocument.Parse(SchemaFiles.Bytes(name));
        Assert.Empty(Open(document.RootElement, ""));
    }

    // Whatever lists properties must say what becomes of those that it does not list.
    private static IEnumerable<string> Open(JsonElement value, string pointer)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            if (value.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
                && !value.TryGetProperty("additionalProperties", out _) && !value.TryGetProperty("unevaluatedProperties", out _)
                && !IsPart(pointer))
            {
                yield return pointer;
            }

            foreach (var found in value.EnumerateObject().SelectMany(m => Open(m.Value, pointer + "/" + m.Name)))
            {
                yield return found;
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var found in value.EnumerateArray().SelectMany((item, i) => Open(item, $"{pointer}/{i}")))
            {
                yield return found;
            }
        }
    }

    // What is applied beside a closed schema narrows it; and a member may be called properties.
    private static bool IsPart(string pointer)
    {
        var parts = pointer.Split('/');
        return parts.Any(p => p is "allOf" or "if" or "then" or "else" or "not") || (parts.Length > 1 && Nested.Contains(parts[^1]));
    }
}
