using System.Buffers.Binary;
using System.Buffers.Text;

namespace Kfm.Provenance.Json;

/// <summary>Names and scalars: their canonical form stands in the source, or is made in the side buffer.</summary>
internal ref partial struct CanonicalTape
{
    private void AddRaw(int start, int length)
    {
        StepToValue(start);
        Push(TapeKind.Raw, start, length);
        _end = start + length;
        _length += length;
    }

    private void AddEscapedString(int start, int length)
    {
        var side = ReserveSide(length);
        var quoted = JsonText.Quote(_source.Slice(start + 1, length - 2), side, out var bad);
        if (quoted < 0)
        {
            throw LoneSurrogate(start + 1 + bad);
        }

        AddSide(start, length, side[..quoted]);
    }

    private void AddNumber(int start, ReadOnlySpan<byte> text)
    {
        if (EcmaScriptNumber.IsPlainlyCanonical(text))
        {
            AddRaw(start, text.Length);
            return;
        }

        // Correctly rounded for any number of digits; too large a number gives an infinity.
        _ = Utf8Parser.TryParse(text, out double value, out _);
        if (!double.IsFinite(value))
        {
            throw new JsonFormatException("The number is beyond the range of a double.", start, ValuePointer());
        }

        var side = ReserveSide(EcmaScriptNumber.MaxLength);
        AddSide(start, text.Length, side[..EcmaScriptNumber.Write(value, side)]);
    }

    private void AddSide(int start, int length, ReadOnlySpan<byte> canonical)
    {
        if (canonical.SequenceEqual(_source.Slice(start, length)))
        {
            AddRaw(start, length);
            return;
        }

        StepToValue(start);
        MarkRewritten();
        Push(TapeKind.Side, _sideLength, canonical.Length);
        _sideLength += canonical.Length;
        _end = start + length;
        _length += canonical.Length;
    }

    private void AddName(int start, int length, bool escaped)
    {
        StepToItem(start);
        var name = _count;
        var quoted = length;
        if (escaped)
        {
            quoted = PushEscapedName(start, length);
        }
        else
        {
            Push(TapeKind.Name, start, length);
        }

        Chain(name);
        _end = start + length + 1;
        _length += quoted + 1;
    }

    private int PushEscapedName(int start, int length)
    {
        var body = _source.Slice(start + 1, length - 2);
        var side = ReserveSide(NameHeader + (2 * length));
        var text = JsonText.Unescape(body, side[NameHeader..], out var bad);
        if (text < 0)
        {
            throw LoneSurrogateInName(start + 1 + bad);
        }

        var quoted = JsonText.Quote(body, side[(NameHeader + text)..], out _);
        BinaryPrimitives.WriteInt32LittleEndian(side, start);
        BinaryPrimitives.WriteInt32LittleEndian(side[4..], text);
        if (!side.Slice(NameHeader + text, quoted).SequenceEqual(_source.Slice(start, length)))
        {
            MarkRewritten();
        }

        Push(TapeKind.EscapedName, _sideLength, quoted);
        _sideLength += NameHeader + text + quoted;
        return quoted;
    }
}
