using System.Text;

namespace Kfm.Gates.Scanning;

/// <summary>Values that are secret because of where they come from, whatever they look like: keys that a program was given. Instances do not change.</summary>
/// <remarks>A value is found as it stands, in base64 at any offset, in hexadecimal digits of either case, and percent-encoded. Each takes linear time.</remarks>
public sealed class KnownSecrets
{
    private const int Shortest = 8;
    private const int MostFindings = 1_000;
    private static readonly string[] Words = ["key", "token", "secret", "passw", "credential", "auth", "cookie", "private", "session", "signature", "dsn", "connection"];
    private readonly List<(string Name, string[] Forms)> _values = [];

    /// <summary>Creates a set.</summary>
    /// <param name="values">The values by the name of what holds them. Those of less than 8 characters are left out: they occur everywhere.</param>
    public KnownSecrets(IEnumerable<KeyValuePair<string, string>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var (name, value) in values.Where(v => v.Value.Trim().Length >= Shortest).OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            _values.Add((name, Forms(value.Trim())));
        }
    }

    /// <summary>A set without values.</summary>
    public static KnownSecrets None { get; } = new([]);

    /// <summary>Whether the name of a variable says that its value is a secret.</summary>
    /// <param name="name">The name, for example <c>API_TOKEN</c>.</param>
    public static bool IsSecretName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Array.Exists(Words, word => name.Contains(word, StringComparison.OrdinalIgnoreCase)) && !IsPlace(name);
    }

    /// <summary>Looks for the values in a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The rule <c>known-secret</c>, the name and the line of each, never the value; at most 1,000.</returns>
    public IReadOnlyList<string> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var found = new List<string>();
        LineIndex? lines = null;
        foreach (var (name, forms) in _values)
        {
            foreach (var form in forms)
            {
                for (var at = text.IndexOf(form, StringComparison.Ordinal); at >= 0 && found.Count < MostFindings; at = text.IndexOf(form, at + form.Length, StringComparison.Ordinal))
                {
                    lines ??= new LineIndex(text);
                    found.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"known-secret {name} at line {lines.Number(at)}"));
                }
            }
        }

        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Puts <c>[REDACTED:known-secret]</c> in the place of each value.</summary>
    /// <param name="text">The text.</param>
    public string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var form in _values.SelectMany(v => v.Forms).OrderByDescending(f => f.Length))
        {
            text = text.Replace(form, "[REDACTED:known-secret]", StringComparison.Ordinal);
        }

        return text;
    }

    // Variables such as SSH_AUTH_SOCK or KEY_FILE name a place, and places stand in texts.
    private static bool IsPlace(string name) => name.EndsWith("_SOCK", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("_FILE", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("_PATH", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("_DIR", StringComparison.OrdinalIgnoreCase);

    private static string[] Forms(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        string[] forms =
        [
            value, Uri.EscapeDataString(value), Convert.ToHexStringLower(bytes), Convert.ToHexString(bytes),
            .. Enumerable.Range(0, 3).SelectMany(offset => Base64(bytes, offset)),
        ];
        return [.. forms.Where(f => f.Length >= Shortest).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The characters that every base64 text has which holds the bytes at an offset; those that depend on its neighbours are cut.</summary>
    private static string[] Base64(byte[] bytes, int offset)
    {
        var text = Convert.ToBase64String([.. new byte[offset], .. bytes]);
        var start = offset == 0 ? 0 : offset + 1;
        var whole = (bytes.Length + offset) * 8 / 6;
        var core = text[start..whole];
        return [core, core.Replace('+', '-').Replace('/', '_')];
    }
}
