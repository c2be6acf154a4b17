using System.Globalization;

namespace Kfm.Provenance.JsonSchema;

/// <summary>Names of hosts, mailboxes and places, identifiers (RFC 1123, 5321, 9562, 6901 and the draft on relative pointers).</summary>
internal static class NameFormats
{
    public static bool IsHostname(string text) =>
        text.Length is >= 1 and <= 253 && text.Split('.').All(IsLabel);

    private static bool IsLabel(string label)
    {
        if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-' || !label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            return false;
        }

        if (label.Length < 4 || label[2] != '-' || label[3] != '-')
        {
            return true;
        }

        // RFC 5891, section 4.2.3.1: hyphens in the third and fourth place are for A-labels only, and those must decode.
        return label.StartsWith("xn--", StringComparison.OrdinalIgnoreCase) && Decodes(label);
    }

    private static bool Decodes(string label)
    {
        try
        {
            return new IdnMapping { UseStd3AsciiRules = true }.GetUnicode(label).Length > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public static bool IsEmail(string text) => text.All(char.IsAscii) && IsInternationalEmail(text);

    public static bool IsInternationalEmail(string text)
    {
        var at = text.LastIndexOf('@');
        if (at < 1 || at == text.Length - 1)
        {
            return false;
        }

        var (local, domain) = (text[..at], text[(at + 1)..]);
        return (local[0] == '"' ? IsQuoted(local) : local.Split('.').All(atom => atom.Length > 0 && atom.All(IsAtomText)))
            && (domain[0] == '[' ? IsLiteral(domain) : IsDomain(domain));
    }

    private static bool IsDomain(string domain) =>
        domain.All(char.IsAscii) ? IsHostname(domain) : domain.Split('.').All(label => label.Length > 0 && label.All(c => c > 127 || char.IsAsciiLetterOrDigit(c) || c == '-'));

    private static bool IsAtomText(char c) => c > 127 || char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".Contains(c, StringComparison.Ordinal);

    private static bool IsQuoted(string local)
    {
        if (local.Length < 2 || local[^1] != '"')
        {
            return false;
        }

        for (var i = 1; i < local.Length - 1; i++)
        {
            if (local[i] == '\\')
            {
                i++;
            }
            else if (local[i] is '"' or < ' ')
            {
                return false;
            }

            if (i == local.Length - 1)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLiteral(string domain)
    {
        if (domain[^1] != ']')
        {
            return false;
        }

        var address = domain[1..^1];
        return address.StartsWith("IPv6:", StringComparison.Ordinal) ? AddressFormats.IsIPv6(address[5..]) : AddressFormats.IsIPv4(address);
    }

    public static bool IsUuid(string text) =>
        text.Length == 36 && text.Index().All(e => e.Index is 8 or 13 or 18 or 23 ? e.Item == '-' : char.IsAsciiHexDigit(e.Item));

    public static bool IsJsonPointer(string text)
    {
        if (text.Length > 0 && text[0] != '/')
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '~' && (i + 1 == text.Length || text[i + 1] is not ('0' or '1')))
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsRelativeJsonPointer(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        return digits > 0 && (digits == 1 || text[0] != '0')
            && (string.Equals(text[digits..], "#", StringComparison.Ordinal) || IsJsonPointer(text[digits..]));
    }
}
