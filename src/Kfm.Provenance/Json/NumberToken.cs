using System.Runtime.InteropServices;

namespace Kfm.Provenance.Json;

/// <summary>A number of a JSON text, RFC 8259 section 6, taken apart.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct NumberToken
{
    public bool Negative;
    public bool HasExponent;
    public bool HasLayout;  // point, zeros and exponent stand where ECMAScript would have them for these digits
    public ulong Digits;    // without the point; meaningless from 20 digits on
    public int DigitCount;  // with leading zeros
    public long Power;      // the number is its digits times ten to this power

    // A double tells apart all decimals of 15 digits, so such a decimal is the shortest text of its double. Only near the
    // ends of the range it does not.
    private const int SafeDigits = 15;
    private const int SafePower = 280;

    /// <summary>Whether the text is canonical for a reason that needs no arithmetic. False says nothing.</summary>
    public readonly bool IsPlainlyCanonical => HasLayout && DigitCount <= SafeDigits && Power is >= -SafePower and <= SafePower;

    /// <summary>Whether the digits fit 64 bits.</summary>
    public readonly bool IsShort => DigitCount <= NumberScanner.MaxShort;

    /// <summary>Whether the text is an integer written out.</summary>
    public readonly bool IsInteger => !HasExponent && Power == 0;

    /// <summary>Whether digits times ten to the power equal another such decimal.</summary>
    public readonly bool IsSameAs(ulong digits, int exponent)
    {
        var zeros = exponent - Power;
        return zeros switch
        {
            0 => digits == Digits,
            > 0 and < 20 => Math.BigMul(digits, NumberScanner.Power((int)zeros), out var product) == 0 && product == Digits,
            < 0 and > -20 => Math.BigMul(Digits, NumberScanner.Power((int)-zeros), out var product) == 0 && product == digits,
            _ => false,
        };
    }
}
