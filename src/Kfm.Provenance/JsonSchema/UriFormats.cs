namespace Kfm.Provenance.JsonSchema;

/// <summary>URIs (RFC 3986), IRIs (RFC 3987) and URI templates (RFC 6570).</summary>
internal static class UriFormats
{
    private const string Unreserved = "-._~";
    private const string SubDelims = "!$&'()*+,;=";

    public static bool IsUri(string text) => text.All(char.IsAscii) && IsIri(text);

    public static bool IsUriReference(string text) => text.All(char.IsAscii) && IsIriReference(text);

    public static bool IsIri(string text) => SchemeLength(text) is > 0 and var length && IsRelative(text[(length + 1)..]);

    public static bool IsIriReference(string text)
    {
        if (SchemeLength(text) > 0)
        {
            return IsIri(text);
        }

        // RFC 3986, section 4.2: the first segment of a relative path has no colon.
        var first = text.Split('/', '?', '#')[0];
        return !first.Contains(':', StringComparison.Ordinal) && IsRelative(text);
    }

    private static int SchemeLength(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && char.IsAsciiLetter(text[0]) && text.AsSpan(0, colon).IndexOfAnyExcept(Scheme) < 0 ? colon : 0;
    }

    private static readonly System.Buffers.SearchValues<char> Scheme =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");

    private static bool IsRelative(string text)
    {
        var (rest, fragment) = Split(text, '#');
        var (hierarchy, query) = Split(rest, '?');
        if (!(fragment is null || Has(fragment, ":@/?")) || !(query is null || Has(query, ":@/?", isQuery: true)))
        {
            return false;
        }

        if (!hierarchy.StartsWith("//", StringComparison.Ordinal))
        {
            return Has(hierarchy, ":@/");
        }

        var end = hierarchy.IndexOf('/', 2);
        var authority = end < 0 ? hierarchy[2..] : hierarchy[2..end];
        return IsAuthority(authority) && (end < 0 || Has(hierarchy[end..], ":@/"));
    }

    private static (string Before, string? After) Split(string text, char separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
    }

    private static bool IsAuthority(string authority)
    {
        var at = authority.LastIndexOf('@');
        var host = authority[(at + 1)..];
        if (at >= 0 && !Has(authority[..at], ":"))
        {
            return false;
        }

        var close = host.StartsWith('[') ? host.IndexOf(']', StringComparison.Ordinal) : -1;
        if (host.StartsWith('['))
        {
            return close > 0 && IsIpLiteral(host[1..close]) && IsPort(host[(close + 1)..]);
        }

        var colon = host.IndexOf(':', StringComparison.Ordinal);
        return Has(colon < 0 ? host : host[..colon], "") && (colon < 0 || IsPort(host[colon..]));
    }

    private static bool IsIpLiteral(string text) =>
        AddressFormats.IsIPv6(text)
        || (text.Length > 3 && text[0] is 'v' or 'V' && text.IndexOf('.', StringComparison.Ordinal) is > 1 and var dot
            && dot < text.Length - 1 && text[1..dot].All(char.IsAsciiHexDigit) && text.All(char.IsAscii) && Has(text[(dot + 1)..], ":"));

    private static bool IsPort(string text) => text.Length == 0 || (text[0] == ':' && text[1..].All(char.IsAsciiDigit));

    private static bool Has(string text, string extra, bool isQuery = false)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '%')
            {
                if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                {
                    return false;
                }

                i += 2;
            }
            else if (!char.IsAsciiLetterOrDigit(c) && !IsUnicode(c, isQuery) && !Unreserved.Contains(c, StringComparison.Ordinal)
                && !SubDelims.Contains(c, StringComparison.Ordinal) && !extra.Contains(c, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    // RFC 3987, section 2.2: ucschar, and iprivate in queries only. Halves of pairs were checked before.
    private static bool IsUnicode(char c, bool isQuery) =>
        c is (>= '\u00A0' and <= '\uD7FF') or (>= '\uD800' and <= '\uDFFF') or (>= '\uF900' and <= '\uFDCF') or (>= '\uFDF0' and <= '\uFFEF')
        || (isQuery && c is >= '\uE000' and <= '\uF8FF');

    public static bool IsUriTemplate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '{')
            {
                var end = text.IndexOf('}', i);
                if (end < 0 || !IsExpression(text[(i + 1)..end]))
                {
                    return false;
                }

                i = end;
            }
            else if (text[i] is <= ' ' or '"' or '<' or '>' or '\\' or '^' or '`' or '|' or '}' or '\u007F')
            {
                return false;
            }
            else if (text[i] == '%' && !Has(text.Substring(i, Math.Min(3, text.Length - i)), ""))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsExpression(string text)
    {
        if (text.Length > 0 && "+#./;?&=,!@|".Contains(text[0], StringComparison.Ordinal))
        {
            text = text[1..];
        }

        return text.Split(',').All(IsVariable);
    }

    private static bool IsVariable(string text)
    {
        var name = text.EndsWith('*') ? text[..^1] : text;
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0)
        {
            var length = name[(colon + 1)..];
            if (text.EndsWith('*') || length.Length is 0 or > 4 || length[0] == '0' || !length.All(char.IsAsciiDigit))
            {
                return false;
            }

            name = name[..colon];
        }

        return name.Split('.').All(part => part.Length > 0 && Has(part.Replace("_", "", StringComparison.Ordinal), "") && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '%'));
    }
}
