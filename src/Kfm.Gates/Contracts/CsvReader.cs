using System.Text;

namespace Kfm.Gates.Contracts;

/// <summary>
/// Reads CSV strictly by RFC 4180: quotes only around whole fields, quotes doubled within, CRLF or LF, every record as long as the
/// first. UTF-8; a byte order mark is passed over.
/// </summary>
internal sealed class CsvReader
{
    private readonly string _text;
    private readonly ContractOptions _options;
    private int _position;
    private long _line = 1;

    public CsvReader(ReadOnlySpan<byte> utf8, ContractOptions options)
    {
        _options = options;
        try
        {
            _text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(utf8);
        }
        catch (DecoderFallbackException e)
        {
            throw new CsvFormatException($"The file is not UTF-8 at byte {e.Index}.", 1 + utf8[..Math.Clamp(e.Index, 0, utf8.Length)].Count((byte)'\n'), 0);
        }

        _position = _text.StartsWith('\uFEFF') ? 1 : 0;
        Header = ReadHeader();
    }

    public IReadOnlyList<string> Header { get; }

    public IEnumerable<CsvRecord> Records()
    {
        for (long row = 1; _position < _text.Length; row++)
        {
            if (row > _options.MaxRows)
            {
                throw new CsvFormatException($"The file has more than {_options.MaxRows} rows.", _line, 0);
            }

            var line = _line;
            var fields = ReadRecord();
            if (fields.Count != Header.Count)
            {
                throw new CsvFormatException($"The record has {fields.Count} fields, the header {Header.Count}.", line, 0);
            }

            yield return new CsvRecord(line, fields);
        }
    }

    private List<string> ReadHeader()
    {
        if (_position == _text.Length)
        {
            throw new CsvFormatException("The file has no header.", 1, 0);
        }

        var header = ReadRecord();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < header.Count; i++)
        {
            if (header[i].Length == 0 || !seen.Add(header[i]))
            {
                throw new CsvFormatException(header[i].Length == 0 ? "The column has no name." : $"Two columns have the name '{header[i]}'.", 1, i + 1);
            }
        }

        return header;
    }

    private List<string> ReadRecord()
    {
        var fields = new List<string>();
        while (true)
        {
            if (fields.Count == _options.MaxColumns)
            {
                throw new CsvFormatException($"The record has more than {_options.MaxColumns} fields.", _line, fields.Count);
            }

            var column = fields.Count + 1;
            var field = _position < _text.Length && _text[_position] == '"' ? ReadQuoted(column) : ReadPlain(column);
            if (field.Length > _options.MaxFieldLength)
            {
                throw new CsvFormatException($"The field is longer than {_options.MaxFieldLength} characters.", _line, column);
            }

            fields.Add(field);
            if (EndsRecord(column))
            {
                return fields;
            }
        }
    }

    private bool EndsRecord(int column)
    {
        if (_position == _text.Length)
        {
            return true;
        }

        switch (_text[_position++])
        {
            case ',':
                return false;
            case '\n':
                _line++;
                return true;
            case '\r' when _position < _text.Length && _text[_position] == '\n':
                _position++;
                _line++;
                return true;
            default:
                throw new CsvFormatException("A field is followed by something other than a comma or the end of the line.", _line, column);
        }
    }

    private string ReadPlain(int column)
    {
        var length = _text.AsSpan(_position).IndexOfAny(",\r\n\"");
        length = length < 0 ? _text.Length - _position : length;
        var field = _text.Substring(_position, length);
        _position += length;
        return _position < _text.Length && _text[_position] == '"'
            ? throw new CsvFormatException("A quote stands within a field that does not begin with one.", _line, column)
            : field;
    }

    private string ReadQuoted(int column)
    {
        var field = new StringBuilder();
        var opened = _line;
        _position++;
        while (true)
        {
            var length = _text.AsSpan(_position).IndexOf('"');
            if (length < 0)
            {
                throw new CsvFormatException("The field has no closing quote.", opened, column);
            }

            var part = _text.AsSpan(_position, length);
            _line += part.Count('\n');
            field.Append(part);
            _position += length + 1;
            if (_position == _text.Length || _text[_position] != '"')
            {
                return field.ToString();
            }

            field.Append('"');
            _position++;
        }
    }
}
