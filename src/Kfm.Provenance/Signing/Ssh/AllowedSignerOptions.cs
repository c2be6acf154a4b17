using System.Globalization;

namespace Kfm.Provenance.Signing.Ssh;

/// <summary>The options of a line of an allowed signers file.</summary>
internal sealed record AllowedSignerOptions(string? Namespaces, DateTimeOffset? ValidAfter, DateTimeOffset? ValidBefore)
{
    private static readonly string[] Formats = ["yyyyMMdd", "yyyyMMddHHmm", "yyyyMMddHHmmss"];

    public static AllowedSignerOptions None { get; } = new(null, null, null);

    /// <summary>Reads options up to the white space that ends them.</summary>
    public static (AllowedSignerOptions Options, string Tail) Read(string text)
    {
        var options = None;
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var at = 0; ;)
        {
            var end = at;
            while (end < text.Length && (char.IsAsciiLetter(text[end]) || text[end] == '-'))
            {
                end++;
            }

            var name = text[at..end].ToLowerInvariant();
            if (name is not ("namespaces" or "valid-after" or "valid-before"))
            {
                throw new AllowedSignerFormatException(name == "cert-authority"
                    ? "an authority for certificates is not supported; name the keys of people"
                    : $"the option at '{Cut(text[at..])}' is not one of namespaces, valid-after and valid-before");
            }

            (var value, at) = Quoted(text, end, name);
            if (!seen.Add(name))
            {
                throw new AllowedSignerFormatException($"the option {name} stands twice");
            }

            options = name switch
            {
                "namespaces" => options with { Namespaces = value.Length > 0 ? value : throw new AllowedSignerFormatException("the namespaces are empty") },
                "valid-after" => options with { ValidAfter = Time(value) },
                _ => options with { ValidBefore = Time(value) },
            };
            if (at == text.Length || text[at] is ' ' or '\t')
            {
                return (options, text[at..].TrimStart(' ', '\t'));
            }

            at = text[at] == ',' ? at + 1 : throw new AllowedSignerFormatException($"a comma or a space is expected after the option {name}");
        }
    }

    private static (string Value, int End) Quoted(string text, int at, string name)
    {
        if (!text.AsSpan(at).StartsWith("=\""))
        {
            throw new AllowedSignerFormatException($"the option {name} is written {name}=\"…\"");
        }

        var close = text.IndexOf('"', at + 2);
        return close > 0 && !text[at..close].Contains('\\', StringComparison.Ordinal)
            ? (text[(at + 2)..close], close + 1)
            : throw new AllowedSignerFormatException($"the value of {name} has no end, or a backslash");
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.TryParseExact(
        text.EndsWith('Z') ? text[..^1] : text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        ? time
        : throw new AllowedSignerFormatException("a time is written YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS, in UTC, and Z may follow");

    private static string Cut(string text) => text.Length > 20 ? text[..20] : text;
}
