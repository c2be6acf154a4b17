namespace Kfm.Provenance.Sigstore.Certificates;

/// <summary>The values that certificates and timestamps hold, from the contents of their elements.</summary>
internal static class DerValue
{
    public static bool Boolean(ReadOnlySpan<byte> contents) => contents switch
    {
        [0xff] => true,
        [0x00] => false,
        _ => throw new DerFormatException("a boolean is one octet, 00 or FF"),
    };

    /// <summary>Refuses an integer with superfluous leading octets.</summary>
    public static ReadOnlySpan<byte> Integer(ReadOnlySpan<byte> contents) =>
        contents is [] or [0x00, < 0x80, ..] or [0xff, >= 0x80, ..]
            ? throw new DerFormatException("an integer is not in its shortest form")
            : contents;

    /// <summary>An integer from 0 to 127.</summary>
    public static int Small(ReadOnlySpan<byte> contents) => contents is [< 0x80]
        ? contents[0]
        : throw new DerFormatException("an integer from 0 to 127 is expected");

    /// <summary>The octets of a bit string without unused bits.</summary>
    public static ReadOnlySpan<byte> Octets(ReadOnlySpan<byte> contents) => contents is [0, ..]
        ? contents[1..]
        : throw new DerFormatException("a bit string of whole octets is expected");

    /// <summary>The first nine bits of a named bit list, bit 0 highest (X.680, 22.7); trailing zero bits are not written.</summary>
    public static int NamedBits(ReadOnlySpan<byte> contents)
    {
        if (contents is not [< 8, ..] || (contents.Length == 1 && contents[0] != 0))
        {
            throw new DerFormatException("a bit string names its unused bits, 0 to 7");
        }

        if (contents.Length > 1 && (contents[^1] & ((1 << contents[0]) - 1)) != 0)
        {
            throw new DerFormatException("unused bits are not zero");
        }

        return contents.Length switch { 1 => 0, 2 => contents[1] << 8, _ => (contents[1] << 8) | contents[2] };
    }

    /// <summary>UTCTime or GeneralizedTime as certificates have them (RFC 5280, 4.1.2.5): to the second, in UTC.</summary>
    public static DateTimeOffset Time(ref DerReader reader)
    {
        if (reader.TryRead(DerTag.UtcTime, out var utc))
        {
            var year = utc.Length == 13 ? Digits(utc[..2]) : throw new DerFormatException("a UTCTime is YYMMDDHHMMSSZ");
            return Time(year + (year < 50 ? 2000 : 1900), utc[2..12], utc[12..]);
        }

        var text = reader.Read(DerTag.GeneralizedTime);
        return text.Length == 15
            ? Time(Digits(text[..4]), text[4..14], text[14..])
            : throw new DerFormatException("a GeneralizedTime is YYYYMMDDHHMMSSZ");
    }

    /// <summary>GeneralizedTime with fractions of a second (RFC 3161, 2.4.2), cut to 100 ns.</summary>
    public static DateTimeOffset FractionalTime(ReadOnlySpan<byte> text)
    {
        if (text.Length < 15 || text[^1] != 'Z')
        {
            throw new DerFormatException("a time is YYYYMMDDHHMMSS, an optional fraction, and Z");
        }

        var time = Time(Digits(text[..4]), text[4..14], text[^1..]);
        var fraction = text[14..^1];
        if (fraction.IsEmpty)
        {
            return time;
        }

        if (fraction is not [(byte)'.', _, ..] || fraction[^1] == '0')
        {
            throw new DerFormatException("a fraction of a second is a point and digits, the last of them not zero");
        }

        var (ticks, unit) = (0L, TimeSpan.TicksPerSecond);
        foreach (var digit in fraction[1..])
        {
            unit /= 10;
            ticks += Digit(digit) * unit;
        }

        return time.AddTicks(ticks);
    }

    private static DateTimeOffset Time(int year, ReadOnlySpan<byte> rest, ReadOnlySpan<byte> zone)
    {
        var (month, day, hour, minute, second) = (Digits(rest[..2]), Digits(rest[2..4]), Digits(rest[4..6]), Digits(rest[6..8]), Digits(rest[8..10]));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59 || zone is not [(byte)'Z'])
        {
            throw new DerFormatException("the time is not one of the calendar, in UTC");
        }

        return new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero);
    }

    private static int Digits(ReadOnlySpan<byte> text)
    {
        var value = 0;
        foreach (var digit in text)
        {
            value = (value * 10) + Digit(digit);
        }

        return value;
    }

    private static int Digit(byte digit) => digit is >= (byte)'0' and <= (byte)'9' ? digit - '0' : throw new DerFormatException("a time has decimal digits");
}
