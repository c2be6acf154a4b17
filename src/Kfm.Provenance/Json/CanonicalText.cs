using System.Buffers;

namespace Kfm.Provenance.Json;

/// <summary>
/// A JSON text read as the pieces of its canonical form. What already is canonical stays one piece of the source, however much that is:
/// white space cuts it, a string or number that is spelt otherwise stands in a side buffer, and members that are not in order are
/// linked anew. Reading finds every error, so writing only copies.
/// </summary>
internal ref partial struct CanonicalText
{
    private const int CancellationStep = 1 << 20;

    private readonly ReadOnlySpan<byte> _source;
    private readonly CanonicalJsonOptions _options;
    private readonly CancellationToken _cancellation;
    private TextSlice[] _slices; // the first one is empty: it begins the chain
    private TextMember[] _members = [];
    private TextFrame[] _frames;
    private byte[] _side = [];
    private int _sliceCount = 1;
    private int _memberCount;
    private int _depth;
    private int _sideLength;
    private int _tail;   // the last piece of the chain
    private int _run;    // where the text begins that belongs to no piece yet
    private long _length;

    /// <summary>Reads the whole text.</summary>
    /// <exception cref="JsonFormatException">The text is not I-JSON, or is beyond a limit of the options.</exception>
    public CanonicalText(ReadOnlySpan<byte> source, CanonicalJsonOptions? options = null, CancellationToken cancellation = default)
    {
        _source = source;
        _options = options ?? CanonicalJsonOptions.Default;
        _cancellation = cancellation;
        _length = source.Length;
        _slices = ArrayPool<TextSlice>.Shared.Rent(Math.Max(64, source.Length / 64));
        _frames = ArrayPool<TextFrame>.Shared.Rent(32);
        _slices[0] = default;
        try
        {
            RefuseEncoding();
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
    public readonly bool IsCanonical => _sliceCount == 1 && _run == 0;

    public void Dispose()
    {
        Return(_slices);
        Return(_frames);
        Return(_members);
        Return(_side);
        this = default;
    }

    private void Read()
    {
        var at = Space(0);
        var check = CancellationStep;
        do
        {
            at = Value(at, out var opened);
            at = opened ? AfterOpening(at) : AfterValue(at);
            if (at >= check)
            {
                _cancellation.ThrowIfCancellationRequested();
                check = at + CancellationStep;
            }
        }
        while (at >= 0);

        if (_sliceCount > 1)
        {
            EndRun(_source.Length);
        }

        if (_length > Array.MaxLength)
        {
            throw new JsonFormatException($"The canonical form has {_length} bytes; the limit is {Array.MaxLength}.", 0, "");
        }
    }

    // Returns the offset after the value, or after its opening bracket.
    private int Value(int at, out bool opened)
    {
        opened = false;
        switch (at < _source.Length ? _source[at] : 0)
        {
            case '"':
                return Text(at);
            case '{':
                opened = true;
                return Open(at, (byte)'}');
            case '[':
                opened = true;
                return Open(at, (byte)']');
            case '-' or (>= '0' and <= '9'):
                return Number(at);
            case 't':
                return Literal(at, "true"u8);
            case 'f':
                return Literal(at, "false"u8);
            case 'n':
                return Literal(at, "null"u8);
            default:
                throw Unexpected(at, "a value");
        }
    }

    private int Open(int at, byte closing)
    {
        if (_depth == _options.MaxDepth)
        {
            throw TooDeep(at);
        }

        if (_depth == _frames.Length)
        {
            Grow(ref _frames, _depth, _depth + 1);
        }

        _frames[_depth++] = new TextFrame { Members = _memberCount, Closing = closing };
        return at + 1;
    }

    // Returns the offset of the next value; negative at the end of the document.
    private int AfterOpening(int at)
    {
        at = Space(at);
        ref readonly var frame = ref _frames[_depth - 1];
        if (at < _source.Length && _source[at] == frame.Closing)
        {
            _depth--;
            return AfterValue(at + 1);
        }

        return frame.Closing == '}' ? Name(at, "a name or '}'") : at;
    }

    private int AfterValue(int at)
    {
        while (_depth > 0)
        {
            ref var frame = ref _frames[_depth - 1];
            var isObject = frame.Closing == '}';
            if (isObject)
            {
                EndMember(at);
            }

            at = Space(at);
            var next = at < _source.Length ? _source[at] : (byte)0;
            if (next == ',')
            {
                at = Space(at + 1);
                frame.Index++;
                return isObject ? Name(at, "a name") : at;
            }

            if (next != frame.Closing)
            {
                throw Unexpected(at, isObject ? "',' or '}'" : "',' or ']'");
            }

            if (isObject)
            {
                Close(ref frame, at);
            }

            _depth--;
            at++;
        }

        at = Space(at);
        return at == _source.Length ? -1 : throw Unexpected(at, "the end of the text");
    }

    private static void Grow<T>(ref T[] array, int used, int needed)
    {
        var larger = ArrayPool<T>.Shared.Rent((int)Math.Min(Array.MaxLength, Math.Max(needed, Math.Max(256, array.Length * 2L))));
        array.AsSpan(0, used).CopyTo(larger);
        Return(array);
        array = larger;
    }

    private static void Return<T>(T[]? array)
    {
        if (array is { Length: > 0 })
        {
            ArrayPool<T>.Shared.Return(array);
        }
    }
}
