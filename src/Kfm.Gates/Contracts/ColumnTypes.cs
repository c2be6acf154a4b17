using System.Buffers;
using System.Text.Json;
using Kfm.Provenance.JsonSchema;

namespace Kfm.Gates.Contracts;

/// <summary>Gives the fields of a CSV file the types that the schema of a row names. An empty field is an absent member.</summary>
internal sealed class ColumnTypes
{
    private readonly bool[] _numbers;
    private readonly bool[] _booleans;
    private readonly IReadOnlyList<string> _header;

    public ColumnTypes(JsonElement schema, IReadOnlyList<string> header)
    {
        _header = header;
        _numbers = new bool[header.Count];
        _booleans = new bool[header.Count];
        for (var i = 0; i < header.Count; i++)
        {
            var types = TypesOf(schema, header[i]);
            _numbers[i] = types.Contains("integer") || types.Contains("number");
            _booleans[i] = types.Contains("boolean");
        }
    }

    /// <summary>A row as a JSON object in UTF-8.</summary>
    public ReadOnlyMemory<byte> ToJson(CsvRecord record)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            for (var i = 0; i < _header.Count; i++)
            {
                if (record.Fields[i].Length > 0)
                {
                    json.WritePropertyName(_header[i]);
                    Write(json, i, record.Fields[i]);
                }
            }

            json.WriteEndObject();
        }

        return output.WrittenMemory;
    }

    private void Write(Utf8JsonWriter json, int column, string field)
    {
        if (_numbers[column] && IsNumber(field))
        {
            json.WriteRawValue(field, skipInputValidation: true);
        }
        else if (_booleans[column] && field is "true" or "false")
        {
            json.WriteBooleanValue(field is "true");
        }
        else
        {
            json.WriteStringValue(field);
        }
    }

    // The grammar of RFC 8259, section 6: what is not a JSON number stays a string, which the schema then refuses.
    private static bool IsNumber(ReadOnlySpan<char> text)
    {
        text = text[0] == '-' ? text[1..] : text;
        var whole = Digits(text);
        if (whole == 0 || (whole > 1 && text[0] == '0'))
        {
            return false;
        }

        text = text[whole..];
        if (!text.IsEmpty && text[0] == '.')
        {
            var fraction = Digits(text[1..]);
            if (fraction == 0)
            {
                return false;
            }

            text = text[(fraction + 1)..];
        }

        if (text.IsEmpty)
        {
            return true;
        }

        var exponent = text[0] is 'e' or 'E' ? text[1..] : [];
        exponent = !exponent.IsEmpty && exponent[0] is '+' or '-' ? exponent[1..] : exponent;
        return !exponent.IsEmpty && Digits(exponent) == exponent.Length;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }

    private static HashSet<string> TypesOf(JsonElement schema, string column)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out var properties)
            || !properties.TryGetProperty(column, out var property) || property.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        if (property.TryGetProperty("type", out var type))
        {
            return type.ValueKind == JsonValueKind.String
                ? [type.GetString()!]
                : type.EnumerateArray().Select(name => name.GetString()!).ToHashSet(StringComparer.Ordinal);
        }

        return property.TryGetProperty("$ref", out _)
            ? throw new SchemaFormatException("The type of a CSV column is not looked for behind $ref; write type beside it.", "/properties/" + column)
            : [];
    }
}
