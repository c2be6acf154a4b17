namespace Kfm.Provenance.JsonSchema;

/// <summary>Internet addresses in text (RFC 2673, section 3.2; RFC 4291, section 2.2).</summary>
internal static class AddressFormats
{
    public static bool IsIPv4(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 4 && parts.All(IsOctet);
    }

    private static bool IsOctet(string part) =>
        part.Length is >= 1 and <= 3 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0')
        && part.Aggregate(0, (value, digit) => (value * 10) + digit - '0') <= 255;

    public static bool IsIPv6(string text)
    {
        var gap = text.IndexOf("::", StringComparison.Ordinal);
        if (gap < 0)
        {
            return Groups(text, mayEndInIPv4: true) == 8;
        }

        var (head, tail) = (text[..gap], text[(gap + 2)..]);
        var before = head.Length == 0 ? 0 : Groups(head, mayEndInIPv4: false);
        var after = tail.Length == 0 ? 0 : Groups(tail, mayEndInIPv4: true);
        return before >= 0 && after >= 0 && before + after <= 7;
    }

    private static int Groups(string text, bool mayEndInIPv4)
    {
        var parts = text.Split(':');
        var count = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Length is >= 1 and <= 4 && parts[i].All(char.IsAsciiHexDigit))
            {
                count++;
            }
            else if (mayEndInIPv4 && i == parts.Length - 1 && IsIPv4(parts[i]))
            {
                count += 2;
            }
            else
            {
                return -100;
            }
        }

        return count;
    }
}
