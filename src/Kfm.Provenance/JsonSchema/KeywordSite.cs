using System.Text.Json;

namespace Kfm.Provenance.JsonSchema;

/// <summary>A keyword in a schema while it is compiled: its value, its place, its siblings.</summary>
internal sealed record KeywordSite(SchemaCompiler Compiler, SchemaResource Resource, JsonElement Schema, string SchemaPointer, string Name, JsonElement Value)
{
    public SchemaDialect Version => Resource.Dialect.Version;

    public string Pointer => JsonPointer.Append(SchemaPointer, Name);

    /// <summary>The place as errors name it.</summary>
    public string Location => Resource.Document.Location(Pointer);

    public SchemaFormatException Error(string message) => new(message, Location);

    /// <summary>Compiles the value as a schema.</summary>
    public SchemaNode Child() => Compiler.Compile(Resource, Value, Pointer);

    public SchemaNode Child(JsonElement schema, string token) => Compiler.Compile(Resource, schema, JsonPointer.Append(Pointer, token));

    /// <summary>Compiles the value as a non-empty array of schemas.</summary>
    public SchemaNode[] Children()
    {
        if (Value.ValueKind != JsonValueKind.Array || Value.GetArrayLength() == 0)
        {
            throw Error("The value is not a non-empty array of schemas.");
        }

        return [.. Value.EnumerateArray().Select((schema, i) => Child(schema, $"{i}"))];
    }

    /// <summary>Compiles the value as an object of schemas.</summary>
    public Dictionary<string, SchemaNode> ChildrenByName() =>
        Members().ToDictionary(m => m.Name, m => Child(m.Value, m.Name), StringComparer.Ordinal);

    public JsonElement.ObjectEnumerator Members() =>
        Value.ValueKind == JsonValueKind.Object ? Value.EnumerateObject() : throw Error("The value is not an object.");

    /// <summary>Reads a non-negative integer; a value beyond the range of int means no more than its greatest value.</summary>
    public int Count()
    {
        if (Value.ValueKind != JsonValueKind.Number || JsonNumber.Parse(Value) is not { IsInteger: true, Mantissa.Sign: >= 0 } number)
        {
            throw Error("The value is not a non-negative integer.");
        }

        return number.Order(new JsonNumber(int.MaxValue, 0)) >= 0 ? int.MaxValue : (int)(number.Mantissa * System.Numerics.BigInteger.Pow(10, number.Exponent));
    }

    public JsonNumber Number() => Value.ValueKind == JsonValueKind.Number ? JsonNumber.Parse(Value) : throw Error("The value is not a number.");

    public bool Flag() => Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? Value.GetBoolean() : throw Error("The value is not a boolean.");

    public string Text() => Value.ValueKind == JsonValueKind.String ? Value.GetString()! : throw Error("The value is not a string.");

    /// <summary>Reads an array of unique strings.</summary>
    public string[] Names() => Names(Value);

    public string[] Names(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String))
        {
            throw Error("The value is not an array of strings.");
        }

        string[] names = [.. list.EnumerateArray().Select(name => name.GetString()!)];
        return names.Distinct(StringComparer.Ordinal).Count() == names.Length ? names : throw Error("The array names a string twice.");
    }

    public JsonElement? Sibling(string name) => Schema.TryGetProperty(name, out var value) ? value : null;
}
