using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Kfm.Provenance.Json;

/// <summary>Where an error stands; none of this runs on good input.</summary>
internal ref partial struct CanonicalText
{
    private const double LargestSafeInteger = 9007199254740991;
    private const double SmallestWithExponent = 1e21;

    private readonly void RefuseEncoding()
    {
        if (_source.Length > _options.MaxBytes)
        {
            throw new JsonFormatException($"The text has {_source.Length} bytes; the limit is {_options.MaxBytes}.", _options.MaxBytes, "");
        }

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

    private readonly void RefuseNumber(int at, double value, bool isInteger)
    {
        var size = Math.Abs(value);
        if (double.IsInfinity(size))
        {
            throw new JsonFormatException("The number is beyond the range of a double; write it as a string.", at, Pointer(_depth));
        }

        if (size > LargestSafeInteger && _options.RefuseUnsafeIntegers && (isInteger || size < SmallestWithExponent))
        {
            throw new JsonFormatException("The integer is beyond ±9007199254740991, so a double may round it; write it as a string.", at, Pointer(_depth));
        }
    }

    private readonly JsonFormatException Unexpected(int at, string expected) => new(
        at < _source.Length ? $"{expected} is expected, {Shown(at)} is found." : $"The text ends where {expected} is expected.", at, Pointer(_depth - 1));

    private readonly string Shown(int at) => Rune.DecodeFromUtf8(_source[at..], out var rune, out _) == OperationStatus.Done && !Rune.IsControl(rune)
        ? $"'{rune}'"
        : $"the byte 0x{_source[at].ToString("x2", CultureInfo.InvariantCulture)}";

    private readonly JsonFormatException ControlCharacter(int at) =>
        new($"The string has the control character U+{_source[at].ToString("X4", CultureInfo.InvariantCulture)}; escape it.", at, Pointer(_depth - 1));

    private readonly JsonFormatException TooDeep(int at) =>
        new($"More than {_options.MaxDepth} arrays and objects stand in one another.", at, Pointer(_depth));

    private static JsonFormatException TooMuchRewritten() =>
        new($"More than {Array.MaxLength} bytes would be written otherwise than they are read.", 0, "");

    private readonly JsonFormatException LoneSurrogate(int at) => new("The string has a surrogate without its pair.", at, Pointer(_depth));

    private readonly JsonFormatException LoneSurrogateInName(int at) => new("The name has a surrogate without its pair.", at, Pointer(_depth - 1));

    private readonly JsonFormatException Duplicate(in TextMember member) =>
        new("The object has two members of this name.", member.Start, Pointer(_depth - 1) + Segment(member));

    // RFC 6901: the place where the reader is, through so many of the open arrays and objects.
    private readonly string Pointer(int levels)
    {
        var pointer = new StringBuilder();
        for (var level = 0; level < levels; level++)
        {
            ref readonly var frame = ref _frames[level];
            if (frame.Closing == ']')
            {
                pointer.Append('/').Append(frame.Index);
                continue;
            }

            var members = level + 1 < _depth ? _frames[level + 1].Members : _memberCount;
            pointer.Append(Segment(_members[members - 1]));
        }

        return pointer.ToString();
    }

    private readonly string Segment(in TextMember member) => "/" + Encoding.UTF8.GetString(NameText(member))
        .Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
