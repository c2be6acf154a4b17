using System.Buffers;
using System.Text.Json;

namespace Kfm.Provenance.Json;

/// <summary>
/// A JSON text as a list of tokens that knows its canonical form. Reading finds every error, so writing only copies. An array or
/// object that already is canonical collapses into one entry.
/// </summary>
internal ref partial struct CanonicalTape
{
    public const int MaxDepth = 256;
    private const int NoContainer = -1;
    private const int NameHeader = 8; // an escaped name's block: source offset, length of the text, the text, the quoted form

    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth };

    private readonly ReadOnlySpan<byte> _source;
    private TapeEntry[] _entries;
    private byte[] _side = [];
    private int _count;
    private int _sideLength;
    private int _open = NoContainer;
    private int _end; // the source offset after the token before, and after the colon of a name
    private long _length;

    /// <summary>Reads the whole text.</summary>
    /// <exception cref="JsonFormatException">The text is not I-JSON.</exception>
    public CanonicalTape(ReadOnlySpan<byte> source)
    {
        _source = source;
        _entries = ArrayPool<TapeEntry>.Shared.Rent(Math.Max(16, source.Length / 8));
        try
        {
            Read();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The length of the canonical form in bytes.</summary>
    public readonly int Length => (int)_length;

    /// <summary>Whether the source is its own canonical form.</summary>
    public readonly bool IsCanonical => _entries[0].Kind == TapeKind.Raw && _entries[0].Length == _source.Length;

    public void Dispose()
    {
        ArrayPool<TapeEntry>.Shared.Return(_entries);
        if (_side.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_side);
        }

        this = default;
    }

    private void Read()
    {
        RefuseIllFormedUtf8();
        var reader = new Utf8JsonReader(_source, Options);
        try
        {
            while (reader.Read())
            {
                Add(ref reader);
            }
        }
        catch (JsonException e)
        {
            throw Malformed(e);
        }

        if (_length > Array.MaxLength)
        {
            throw new JsonFormatException($"The canonical form has {_length} bytes; the limit is {Array.MaxLength}.", 0, "");
        }
    }

    private void Add(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                AddName(start, reader.ValueSpan.Length + 2, reader.ValueIsEscaped);
                break;
            case JsonTokenType.String when reader.ValueIsEscaped:
                AddEscapedString(start, reader.ValueSpan.Length + 2);
                break;
            case JsonTokenType.String:
                AddRaw(start, reader.ValueSpan.Length + 2);
                break;
            case JsonTokenType.Number:
                AddNumber(start, reader.ValueSpan);
                break;
            case JsonTokenType.StartObject:
                Open(start, TapeKind.Object);
                break;
            case JsonTokenType.StartArray:
                Open(start, TapeKind.Array);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                Close(start);
                break;
            default:
                AddRaw(start, reader.ValueSpan.Length);
                break;
        }
    }

    private void Push(TapeKind kind, int start, int length)
    {
        if (_count == _entries.Length)
        {
            Grow(ref _entries, _count, _count + 1);
        }

        _entries[_count++] = new TapeEntry { Kind = kind, Start = start, Length = length };
    }

    private Span<byte> ReserveSide(int length)
    {
        if (_side.Length - _sideLength < length)
        {
            Grow(ref _side, _sideLength, _sideLength + length);
        }

        return _side.AsSpan(_sideLength);
    }

    private static void Grow<T>(ref T[] array, int used, int needed)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(needed, Math.Max(256, array.Length * 2)));
        array.AsSpan(0, used).CopyTo(larger);
        if (array.Length > 0)
        {
            ArrayPool<T>.Shared.Return(array);
        }

        array = larger;
    }
}
