using System.Globalization;

namespace Kfm.Gates.Scanning;

/// <summary>Gives equal secrets equal placeholders.</summary>
internal sealed class PlaceholderNumbers
{
    private const string Prefix = "[REDACTED:";
    private readonly Dictionary<string, int> _last = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Rule, string Secret), string> _known = [];

    public PlaceholderNumbers(string text)
    {
        for (var at = text.IndexOf(Prefix, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Prefix, at + 1, StringComparison.Ordinal))
        {
            var end = text.IndexOf(']', at, Math.Min(80, text.Length - at));
            var parts = end < 0 ? [] : text[(at + Prefix.Length)..end].Split(':');
            if (parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < int.MaxValue / 2)
            {
                _last[parts[0]] = Math.Max(number, _last.GetValueOrDefault(parts[0]));
            }
        }
    }

    public string For(string rule, string secret)
    {
        if (!_known.TryGetValue((rule, secret), out var placeholder))
        {
            var number = _last[rule] = _last.GetValueOrDefault(rule) + 1;
            placeholder = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{rule}:{number}]");
            _known.Add((rule, secret), placeholder);
        }

        return placeholder;
    }
}
