using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kfm.Provenance.Json;

/// <summary>Strings, numbers, literals and white space.</summary>
internal ref partial struct CanonicalText
{
    // White space is not in the canonical form: the piece before it ends, the next one begins after it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Space(int at) => at < _source.Length && _source[at] > ' ' ? at : LongSpace(at);

    private int LongSpace(int at)
    {
        var end = at;
        while (end < _source.Length && _source[end] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            end++;
        }

        if (end > at)
        {
            EndRun(at);
            _run = end;
            _length -= end - at;
        }

        return end;
    }

    private int Literal(int at, ReadOnlySpan<byte> literal)
    {
        var same = _source[at..].CommonPrefixLength(literal);
        return same == literal.Length ? at + same : throw Unexpected(at + same, "'true', 'false' or 'null'");
    }

    private int Text(int at)
    {
        var end = StringEnd(at + 1, out var escaped);
        if (escaped)
        {
            Requote(at, end);
        }

        return end + 1;
    }

    private void Requote(int at, int end)
    {
        var side = ReserveSide(end - at + 1);
        var length = JsonText.Quote(_source[(at + 1)..end], side, out var bad);
        if (length < 0)
        {
            throw LoneSurrogate(at + 1 + bad);
        }

        Replace(at, end + 1, side[..length]);
    }

    // The offset of the closing quote; every escape before it is a valid one.
    private readonly int StringEnd(int at, out bool escaped)
    {
        escaped = false;
        while (true)
        {
            at = Special(at);
            var found = at < _source.Length ? _source[at] : 0;
            if (found == '"')
            {
                return at;
            }

            if (found != '\\')
            {
                throw at < _source.Length ? ControlCharacter(at) : Unexpected(at, "'\"'");
            }

            escaped = true;
            at = Escape(at);
        }
    }

    private readonly int Escape(int at)
    {
        if (_options.EscapedReplacementIsLoneSurrogate && _source[at..].StartsWith("\\uFFFD"u8))
        {
            throw LoneSurrogate(at);
        }

        var letter = at + 1 < _source.Length ? _source[at + 1] : 0;
        if (letter != 'u')
        {
            return "\"\\/bfnrt"u8.Contains((byte)letter) ? at + 2 : throw Unexpected(at + 1, "an escape");
        }

        for (var digit = at + 2; digit < at + 6; digit++)
        {
            if (digit >= _source.Length || !char.IsAsciiHexDigit((char)_source[digit]))
            {
                throw Unexpected(digit, "a hexadecimal digit");
            }
        }

        return at + 6;
    }

    // The next quote, backslash or control character, or the end.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int Special(int at)
    {
        ref var source = ref MemoryMarshal.GetReference(_source);
        for (; _source.Length - at >= Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            var bytes = Vector256.LoadUnsafe(ref source, (nuint)at);
            var special = Vector256.Equals(bytes, Vector256.Create((byte)'"')) | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))
                | Vector256.LessThan(bytes, Vector256.Create((byte)' '));
            if (special != Vector256<byte>.Zero)
            {
                return at + BitOperations.TrailingZeroCount(special.ExtractMostSignificantBits());
            }
        }

        while (at < _source.Length && _source[at] is not ((byte)'"' or (byte)'\\' or < (byte)' '))
        {
            at++;
        }

        return at;
    }

    private int Number(int at)
    {
        var end = NumberScanner.Scan(_source, at, out var token);
        if (end < 0)
        {
            throw Unexpected(~end, "a digit");
        }

        if (!token.IsPlainlyCanonical)
        {
            Rewrite(at, end, token);
        }

        return end;
    }

    private void Rewrite(int at, int end, in NumberToken token)
    {
        var text = _source[at..end];
        var value = NumberScanner.Value(text, token);
        RefuseNumber(at, value, token.IsInteger);
        if (value == 0)
        {
            Replace(at, end, "0"u8);
            return;
        }

        var (digits, exponent) = ShortestDecimal.Of(Math.Abs(value));
        if (!token.HasLayout || !token.IsShort || !token.IsSameAs(digits, exponent))
        {
            var side = ReserveSide(EcmaScriptNumber.MaxLength);
            Replace(at, end, side[..EcmaScriptNumber.Write(token.Negative, digits, exponent, side)]);
        }
    }

    // Puts other bytes, which may stand at the end of the side buffer already, in the place of some of the source.
    private void Replace(int from, int to, ReadOnlySpan<byte> canonical)
    {
        if (canonical.SequenceEqual(_source[from..to]))
        {
            return;
        }

        EndRun(from);
        canonical.CopyTo(ReserveSide(canonical.Length));
        AddSlice(new TextSlice { Start = _sideLength, Length = canonical.Length, Side = true });
        _sideLength += canonical.Length;
        _run = to;
        _length += canonical.Length - (to - from);
    }

    private Span<byte> ReserveSide(int length)
    {
        if (_side.Length - _sideLength < length)
        {
            Grow(ref _side, _sideLength, length <= Array.MaxLength - _sideLength ? _sideLength + length : throw TooMuchRewritten());
        }

        return _side.AsSpan(_sideLength);
    }
}
