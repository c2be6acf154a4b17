using System.Text;
using Kfm.Gates.Rego.Yaml;

namespace Kfm.Gates.Contracts;

/// <summary>The flags in the front matter of a Markdown document: a YAML map between two lines <c>---</c> at its start.</summary>
/// <remarks>
/// Of the map the members count whose value is a scalar or a list of scalars. Other values say nothing about the use of a document and are passed over, except where
/// the member is one of <see cref="DataLabels.DocumentKeys"/>: those must be readable. Limits: 256 Ki characters, a depth of 200, a million nodes with aliases.
/// </remarks>
public static class FrontMatter
{
    private const int MaxLength = 256 * 1024;

    /// <summary>Reads the flags of a document.</summary>
    /// <param name="markdown">The document in UTF-8.</param>
    /// <returns>The values by key; empty when it has no front matter.</returns>
    /// <exception cref="LabelFormatException">The front matter is not UTF-8, not closed, too long, not a YAML map, or has a label that is nested.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(ReadOnlySpan<byte> markdown)
    {
        var flags = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (!markdown.StartsWith("---\n"u8) && !markdown.StartsWith("---\r\n"u8))
        {
            return flags;
        }

        // The map begins in the second line of the document.
        switch (Parse(string.Join('\n', Lines(markdown))))
        {
            case null or YamlScalar { Text: "", IsPlain: true }:
                break;
            case YamlMap map:
                foreach (var (key, value) in map.Members)
                {
                    Add(flags, key, value);
                }

                break;
            case var other:
                throw new LabelFormatException("The front matter is not a map of 'key: value'.", other.Line + 1);
        }

        return flags;
    }

    private static YamlNode? Parse(string text)
    {
        try
        {
            return YamlReader.Read(text);
        }
        catch (YamlFormatException e)
        {
            throw new LabelFormatException("The front matter is not YAML: " + e.Message, Math.Max(e.Line, 1) + 1);
        }
    }

    private static void Add(Dictionary<string, IReadOnlyList<string>> flags, YamlNode key, YamlNode value)
    {
        if (key is not YamlScalar { Text: var name })
        {
            throw new LabelFormatException("A key of the front matter is not a scalar.", key.Line + 1);
        }

        var values = value switch
        {
            YamlScalar { Text: "", IsPlain: true } => [],
            YamlScalar scalar => [scalar.Text],
            YamlList list when list.Items.All(item => item is YamlScalar) => [.. list.Items.Cast<YamlScalar>().Select(item => item.Text)],
            _ => DataLabels.DocumentKeys.Contains(name)
                ? throw new LabelFormatException($"The value of '{name}' is neither a scalar nor a list of scalars.", value.Line + 1)
                : (string[]?)null,
        };
        if (values is not null && !flags.TryAdd(name, values))
        {
            throw new LabelFormatException($"The key '{name}' stands twice.", key.Line + 1);
        }
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
