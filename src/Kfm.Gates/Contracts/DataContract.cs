using System.Text.Json;
using Kfm.Provenance.Json;
using Kfm.Provenance.JsonSchema;

namespace Kfm.Gates.Contracts;

/// <summary>A contract for data: a JSON Schema that every row of a data set meets.</summary>
public sealed class DataContract
{
    private readonly CompiledSchema _schema;
    private readonly JsonElement _source;
    private readonly ContractOptions _options;

    private DataContract(CompiledSchema schema, JsonElement source, ContractOptions options)
    {
        _schema = schema;
        _source = source;
        _options = options;
    }

    /// <summary>Compiles a contract. Formats are asserted.</summary>
    /// <param name="schema">The JSON Schema of a row (or of a JSON file) in UTF-8.</param>
    /// <param name="options">The limits, or null for the defaults.</param>
    /// <exception cref="SchemaFormatException">The schema is wrong or uses what is not supported.</exception>
    public static DataContract Compile(ReadOnlySpan<byte> schema, ContractOptions? options = null)
    {
        var compiled = CompiledSchema.Compile(schema, new SchemaOptions { AssertFormat = true });
        using var document = JsonDocument.Parse(schema.ToArray(), new JsonDocumentOptions { MaxDepth = 256 });
        return new DataContract(compiled, document.RootElement.Clone(), options ?? new ContractOptions());
    }

    /// <summary>Checks a file by its name: <c>.csv</c>, <c>.ndjson</c>, <c>.jsonl</c> or anything else as one JSON text.</summary>
    /// <param name="name">The name of the file; only its end counts.</param>
    /// <param name="utf8">The content.</param>
    /// <exception cref="CsvFormatException">A CSV file is malformed or beyond a limit.</exception>
    /// <exception cref="JsonFormatException">A JSON text is malformed.</exception>
    /// <exception cref="SchemaFormatException">The schema does not tell the type of a CSV column.</exception>
    public ContractResult Check(string name, ReadOnlySpan<byte> utf8)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? CheckCsv(utf8)
            : name.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) ? CheckLines(utf8)
            : CheckJson(utf8);
    }

    /// <summary>Checks each row of a CSV file (RFC 4180, with a header) as an object of its columns.</summary>
    /// <param name="utf8">The file.</param>
    /// <exception cref="CsvFormatException">The file is malformed or beyond a limit.</exception>
    /// <exception cref="SchemaFormatException">The schema does not tell the type of a column.</exception>
    public ContractResult CheckCsv(ReadOnlySpan<byte> utf8)
    {
        var reader = new CsvReader(utf8, _options);
        var columns = new ColumnTypes(_source, reader.Header);
        var findings = new BreachList(_options.MaxBreaches);
        foreach (var record in reader.Records())
        {
            findings.Add(_schema.Validate(columns.ToJson(record).Span), ColumnOf);
        }

        return findings.ToResult();
    }

    /// <summary>Checks a JSON text as a whole.</summary>
    /// <param name="utf8">The text.</param>
    /// <exception cref="JsonFormatException">The text is malformed.</exception>
    public ContractResult CheckJson(ReadOnlySpan<byte> utf8)
    {
        var findings = new BreachList(_options.MaxBreaches);
        findings.Add(_schema.Validate(utf8), pointer => pointer);
        return findings.ToResult();
    }

    /// <summary>Checks each line of a file of JSON lines; empty lines at the end do not count.</summary>
    /// <param name="utf8">The file.</param>
    /// <exception cref="JsonFormatException">A line is malformed, or there are more lines than the limit.</exception>
    public ContractResult CheckLines(ReadOnlySpan<byte> utf8)
    {
        var findings = new BreachList(_options.MaxBreaches);
        var content = utf8.TrimEnd("\r\n"u8);
        for (var start = 0; start < content.Length;)
        {
            var length = content[start..].IndexOf((byte)'\n');
            length = length < 0 ? content.Length - start : length;
            if (findings.Rows == _options.MaxRows)
            {
                throw new JsonFormatException($"The file has more than {_options.MaxRows} lines.", start, "");
            }

            findings.Add(ValidateLine(content.Slice(start, length), start), pointer => pointer);
            start += length + 1;
        }

        return findings.ToResult();
    }

    private ValidationResult ValidateLine(ReadOnlySpan<byte> line, int start)
    {
        try
        {
            return _schema.Validate(line);
        }
        catch (JsonFormatException e)
        {
            throw new JsonFormatException("A line is not JSON: " + e.Message, start + e.BytePosition, e.Pointer);
        }
    }

    private static string ColumnOf(string pointer) => pointer.Length == 0
        ? ""
        : pointer[1..].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
