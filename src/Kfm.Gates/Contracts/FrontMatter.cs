using System.Text;

namespace Kfm.Gates.Contracts;

/// <summary>The flags in the front matter of a Markdown document: a closed subset of YAML.</summary>
/// <remarks>
/// Between two lines <c>---</c> at the start: <c>key: scalar</c>, or <c>key:</c> and lines <c>- scalar</c>. Scalars are plain or in
/// quotes (without escapes but the doubled single quote). Comments and empty lines are passed over. Anything else is an error at its line.
/// </remarks>
public static class FrontMatter
{
    private const int MaxLength = 256 * 1024;

    /// <summary>Reads the flags of a document.</summary>
    /// <param name="markdown">The document in UTF-8.</param>
    /// <returns>The values by key, in the order of the document; empty when it has no front matter.</returns>
    /// <exception cref="LabelFormatException">The front matter is not UTF-8, not closed, too long, or not of the subset.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(ReadOnlySpan<byte> markdown)
    {
        var flags = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (!markdown.StartsWith("---\n"u8) && !markdown.StartsWith("---\r\n"u8))
        {
            return flags;
        }

        List<string>? list = null;
        foreach (var (index, raw) in Lines(markdown).Index())
        {
            var number = index + 2;
            var line = raw.TrimEnd();
            if (line.Length == 0 || line.TrimStart().StartsWith('#'))
            {
                continue;
            }

            if (line.TrimStart().StartsWith("- ", StringComparison.Ordinal))
            {
                (list ?? throw new LabelFormatException("An item stands outside of a list.", number)).Add(Scalar(line.TrimStart()[2..].Trim(), number));
                continue;
            }

            list = AddMember(flags, line, number);
        }

        return flags;
    }

    private static List<string>? AddMember(Dictionary<string, IReadOnlyList<string>> flags, string line, int number)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var key = colon < 1 ? "" : line[..colon];
        if (key.Length == 0 || !key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') || (colon + 1 < line.Length && line[colon + 1] != ' '))
        {
            throw new LabelFormatException("The line is neither 'key: value' nor '- value'; nested values are not supported.", number);
        }

        var value = line[(colon + 1)..].Trim();
        List<string> values = value.Length == 0 ? [] : [Scalar(value, number)];
        if (!flags.TryAdd(key, values))
        {
            throw new LabelFormatException($"The key '{key}' stands twice.", number);
        }

        return value.Length == 0 ? values : null;
    }

    private static string Scalar(string text, int line)
    {
        if (text.Length >= 2 && text[0] == '"' && text[^1] == '"' && text.AsSpan(1, text.Length - 2).IndexOfAny('"', '\\') < 0)
        {
            return text[1..^1];
        }

        if (text.Length >= 2 && text[0] == '\'' && text[^1] == '\'')
        {
            var inner = text[1..^1].Replace("''", "\0", StringComparison.Ordinal);
            return inner.Contains('\'', StringComparison.Ordinal)
                ? throw new LabelFormatException("A single quote within quotes must be doubled.", line)
                : inner.Replace('\0', '\'');
        }

        // Indicators of YAML 1.2, section 5.3, begin what this subset does not have.
        if (text.Length == 0 || "[]{}&*!|>%@`\"',?".Contains(text[0], StringComparison.Ordinal) || text.Contains(": ", StringComparison.Ordinal))
        {
            throw new LabelFormatException("The value is not a plain or quoted scalar; write it in quotes or as a list of '- ' lines.", line);
        }

        var comment = text.IndexOf(" #", StringComparison.Ordinal);
        return comment < 0 ? text : text[..comment].TrimEnd();
    }

    private static string[] Lines(ReadOnlySpan<byte> markdown)
    {
        var start = markdown.IndexOf((byte)'\n') + 1;
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(markdown[start..]);
        }
        catch (DecoderFallbackException)
        {
            throw new LabelFormatException("The document is not UTF-8.", 1);
        }

        var lines = text.Split('\n');
        var end = Array.FindIndex(lines, line => line.TrimEnd() is "---" or "...");
        if (end < 0)
        {
            throw new LabelFormatException("The front matter has no closing '---'.", 1);
        }

        return lines[..end].Sum(line => line.Length) > MaxLength
            ? throw new LabelFormatException($"The front matter is longer than {MaxLength} characters.", 1)
            : lines[..end];
    }
}
