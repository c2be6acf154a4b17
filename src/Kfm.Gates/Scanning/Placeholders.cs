namespace Kfm.Gates.Scanning;

/// <summary>Tells values that stand for a secret from secrets, where only a name before them gives a hint.</summary>
internal static class Placeholders
{
    private static readonly string[] Words =
    [
        "example", "placeholder", "changeme", "change-me", "change_me", "your-", "your_", "yourkey", "xxxx", "dummy", "sample", "redacted", "insert",
        "todo", "fixme", "<", "${", "{{", "%(", "process.env", "os.environ", "getenv", "secrets.", "lorem", "****", "....", "abcdef", "123456",
    ];

    /// <summary>Whether a value could be a secret: letters and digits mixed, no word that marks a placeholder, no program text.</summary>
    public static bool LooksReal(ReadOnlySpan<char> value)
    {
        foreach (var word in Words)
        {
            if (value.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
            {
                return false;
            }
        }

        var (letters, digits) = (0, 0);
        foreach (var c in value)
        {
            letters += char.IsAsciiLetter(c) ? 1 : 0;
            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return letters >= 3 && digits >= 2 && value.IndexOfAny('(', ')') < 0;
    }
}
