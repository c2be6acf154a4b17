using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Kfm.Provenance.Json;

/// <summary>Where an error stands; none of this runs on good input.</summary>
internal ref partial struct CanonicalTape
{
    private readonly void RefuseIllFormedUtf8()
    {
        if (_source.StartsWith("\uFEFF"u8))
        {
            throw new JsonFormatException("The text starts with a byte order mark; remove it.", 0, "");
        }

        if (Utf8.IsValid(_source))
        {
            return;
        }

        var offset = 0;
        while (Rune.DecodeFromUtf8(_source[offset..], out _, out var read) == OperationStatus.Done)
        {
            offset += read;
        }

        throw new JsonFormatException("The text is not well-formed UTF-8.", offset, "");
    }

    private readonly JsonFormatException Malformed(JsonException e)
    {
        var offset = 0;
        for (var line = e.LineNumber ?? 0; line > 0; line--)
        {
            offset += _source[offset..].IndexOf((byte)'\n') + 1;
        }

        // The reader's own position is by line; ours is by byte, so its sentence about the line goes.
        var message = e.Message.AsSpan();
        var position = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var text = position < 0 ? e.Message : message[..position].ToString();
        return new JsonFormatException(text, offset + (e.BytePositionInLine ?? 0), OpenPointer());
    }

    private readonly JsonFormatException LoneSurrogate(int offset) => new("The string has a surrogate without its pair.", offset, ValuePointer());

    private readonly JsonFormatException LoneSurrogateInName(int offset) => new("The name has a surrogate without its pair.", offset, OpenPointer());

    private readonly JsonFormatException Duplicate(int name)
    {
        ref readonly var entry = ref _entries[name];
        var start = entry.Kind == TapeKind.Name ? entry.Start : BinaryPrimitives.ReadInt32LittleEndian(_side.AsSpan(entry.Start));
        _entries[_open].Link = name;
        return new("The object has two members of this name.", start, ValuePointer());
    }

    // The pointer (RFC 6901) of the value that comes next.
    private readonly string ValuePointer() => Pointer(_open, _count);

    private readonly string OpenPointer() => _open == NoContainer ? "" : Pointer(_entries[_open].Length, _open);

    private readonly string Pointer(int parent, int entry)
    {
        var segments = new Stack<string>();
        for (; parent != NoContainer; parent = _entries[parent].Length)
        {
            segments.Push(_entries[parent].Kind == TapeKind.Object ? NameSegment(_entries[parent].Link) : IndexSegment(parent, entry));
            entry = parent;
        }

        return string.Concat(segments.Select(s => "/" + s));
    }

    private readonly string NameSegment(int name) => Encoding.UTF8.GetString(NameText(name)).Replace("~", "~0", StringComparison.Ordinal)
        .Replace("/", "~1", StringComparison.Ordinal);

    private readonly string IndexSegment(int array, int end)
    {
        var index = 0;
        for (var item = array + 1; item < end; item = After(item))
        {
            index++;
        }

        return index.ToString(CultureInfo.InvariantCulture);
    }
}
