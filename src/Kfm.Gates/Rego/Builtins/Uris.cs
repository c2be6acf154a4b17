using System.Text;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>uri.parse and uri.is_valid, as lenient as Go's net/url: a reference is a URI too.</summary>
internal static class Uris
{
    internal static void Register(Action<string, int, Builtin> add)
    {
        add("uri.parse", 1, static (_, a) => Parse(Operand.Text("uri.parse", a, 0))
            ?? throw BuiltinException.Failed("uri.parse", $"parse {GoQuote.Quote(Operand.Text("uri.parse", a, 0))}: invalid URI"));
        add("uri.is_valid", 1, static (_, a) => RegoValue.Of(a[0] is RegoString text && Parse(text.Text) is not null));
    }

    /// <summary>The parts that are there; null when the text is no URI.</summary>
    internal static RegoObject? Parse(string text)
    {
        if (text.Any(c => c is < ' ' or '\u007f'))
        {
            return null;
        }

        var parts = new Dictionary<RegoValue, RegoValue>();
        var (rest, rawFragment) = Cut(text, '#');
        if (Unescape(rawFragment) is not { } fragment || Scheme(ref rest) is not { } scheme)
        {
            return null;
        }

        (rest, var query) = Cut(rest, '?');
        Add(parts, "scheme", scheme.ToLowerInvariant());
        Add(parts, "raw_query", query);
        Add(parts, "fragment", fragment);
        if (!rest.StartsWith('/'))
        {
            // With a scheme this is an opaque part such as that of mailto:, which has neither host nor path.
            return scheme.Length > 0 || AddPath(parts, rest, first: true) ? new RegoObject(parts) : null;
        }

        if (rest.StartsWith("//", StringComparison.Ordinal) && (scheme.Length > 0 || !rest.StartsWith("///", StringComparison.Ordinal)))
        {
            var slash = rest.IndexOf('/', 2);
            var authority = slash < 0 ? rest[2..] : rest[2..slash];
            rest = slash < 0 ? "" : rest[slash..];
            if (!AddAuthority(parts, authority[(authority.LastIndexOf('@') + 1)..]))
            {
                return null;
            }
        }

        return AddPath(parts, rest, first: false) ? new RegoObject(parts) : null;
    }

    private static (string Before, string After) Cut(string text, char separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
    }

    /// <summary>Takes the scheme off; null when the text begins with a colon.</summary>
    private static string? Scheme(ref string rest)
    {
        for (var i = 0; i < rest.Length; i++)
        {
            var c = rest[i];
            if (c == ':')
            {
                var scheme = rest[..i];
                rest = rest[(i + 1)..];
                return scheme.Length == 0 ? null : scheme;
            }

            if (!char.IsAsciiLetter(c) && (i == 0 || !(char.IsAsciiDigit(c) || c is '+' or '-' or '.')))
            {
                break;
            }
        }

        return "";
    }

    private static bool AddAuthority(Dictionary<RegoValue, RegoValue> parts, string authority)
    {
        var end = authority.StartsWith('[') ? authority.LastIndexOf(']') : -1;
        if (authority.StartsWith('[') && end < 0)
        {
            return false;
        }

        var colon = authority.IndexOf(':', end + 1);
        var host = end > 0 ? authority[1..end] : colon < 0 ? authority : authority[..colon];
        var port = colon < 0 ? "" : authority[(colon + 1)..];
        if ((end > 0 && (colon < 0 ? end + 1 != authority.Length : colon != end + 1)) || !port.All(char.IsAsciiDigit)
            || host.Any(" \"<>\\^`{|}[".Contains) || Unescape(host) is not { } name)
        {
            return false;
        }

        Add(parts, "hostname", name);
        Add(parts, "port", port);
        return true;
    }

    private static bool AddPath(Dictionary<RegoValue, RegoValue> parts, string path, bool first)
    {
        if (Unescape(path) is not { } text || (first && path.Split('/')[0].Contains(':', StringComparison.Ordinal)))
        {
            return false;
        }

        Add(parts, "path", text);
        Add(parts, "raw_path", path);
        return true;
    }

    private static void Add(Dictionary<RegoValue, RegoValue> parts, string name, string value)
    {
        if (value.Length > 0)
        {
            parts[RegoValue.Of(name)] = RegoValue.Of(value);
        }
    }

    /// <summary>Resolves %XX; null when one is cut short.</summary>
    private static string? Unescape(string text)
    {
        var bytes = new List<byte>(text.Length);
        var utf8 = Encoding.UTF8.GetBytes(text);
        for (var i = 0; i < utf8.Length; i++)
        {
            if (utf8[i] != '%')
            {
                bytes.Add(utf8[i]);
                continue;
            }

            if (i + 2 >= utf8.Length || !char.IsAsciiHexDigit((char)utf8[i + 1]) || !char.IsAsciiHexDigit((char)utf8[i + 2]))
            {
                return null;
            }

            bytes.Add(Convert.FromHexString([(char)utf8[i + 1], (char)utf8[i + 2]])[0]);
            i += 2;
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
