using System.Globalization;

namespace Kfm.Provenance.Sigstore.Trust;

/// <summary>Timestamps as protocol buffers write them in JSON: RFC 3339 with up to nine digits of a second.</summary>
internal static class ProtobufTime
{
    private const int ReadDigits = 7;

    public static bool TryParse(string text, out DateTimeOffset time)
    {
        // The platform keeps seven digits of a second; the rest is cut, not rounded.
        var point = text.IndexOf('.', StringComparison.Ordinal);
        if (point == 19)
        {
            var end = point + 1;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            var digits = end - point - 1;
            text = digits is 0 or > 9 ? "" : string.Concat(text.AsSpan(0, point + 1 + Math.Min(digits, ReadDigits)), text.AsSpan(end));
        }

        return DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time)
            || DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }

    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
