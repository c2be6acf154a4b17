using System.Text;
using Kfm.Provenance.Digests;

namespace Kfm.Agent.Codegen.Prompts;

/// <summary>The fixed part of a prompt, versioned by its digest, with places for data.</summary>
/// <remarks>
/// A template is UTF-8 text: three dashes, <c>id: …</c>, <c>version: …</c>, three dashes, then the text. A place is a line that holds
/// <c>{{intent}}</c>, <c>{{design}}</c> or <c>{{files}}</c> and nothing else, each at most once; intent and design must be there. Two braces
/// anywhere else are an error, so that no place is overlooked.
/// </remarks>
public sealed class PromptTemplate
{
    private const int LargestFile = 64 * 1024;
    private const int LongestName = 64;
    private const string Fence = "---";
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private static readonly string[] Places = ["intent", "design", "files"];
    private readonly string[] _lines;

    private PromptTemplate(TemplateReference reference, string[] lines) => (Reference, _lines) = (reference, lines);

    /// <summary>The id, the version and the digest.</summary>
    public TemplateReference Reference { get; }

    /// <summary>Whether the template has a place for files.</summary>
    public bool ShowsFiles => _lines.Contains(Place("files"), StringComparer.Ordinal);

    /// <summary>Reads a template.</summary>
    /// <param name="utf8">The bytes of the file, at most 64 KiB.</param>
    /// <param name="id">The id that it must have.</param>
    /// <exception cref="PromptTemplateException">The bytes are not a template, or one with another id.</exception>
    public static PromptTemplate Parse(ReadOnlySpan<byte> utf8, string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        var lines = Text(utf8).ReplaceLineEndings("\n").Split('\n');
        if (lines.Length < 5 || lines[0] != Fence || lines[3] != Fence)
        {
            throw new PromptTemplateException("a template begins with ---, id: …, version: …, ---", 1);
        }

        if (Field(lines, 1, "id: ") is var found && found != id)
        {
            throw new PromptTemplateException($"the id must be {id}", 2);
        }

        var reference = new TemplateReference(id, Field(lines, 2, "version: "), Digest.Of(utf8));
        Check(lines);
        return new PromptTemplate(reference, lines[4..]);
    }

    /// <summary>Puts data in the places.</summary>
    /// <param name="blocks">The blocks of data by the name of their place; one that is missing is empty.</param>
    internal string Render(IReadOnlyDictionary<string, string> blocks)
    {
        var prompt = new StringBuilder();
        var lines = _lines[^1].Length == 0 ? _lines[..^1] : _lines;
        foreach (var line in lines)
        {
            var place = Array.Find(Places, p => Place(p) == line);
            prompt.Append(place is null ? line + "\n" : blocks.GetValueOrDefault(place, ""));
        }

        return prompt.ToString();
    }

    private static string Text(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return utf8.Length <= LargestFile ? Strict.GetString(utf8) : throw new PromptTemplateException($"a template has at most {LargestFile} bytes", 1);
        }
        catch (DecoderFallbackException)
        {
            throw new PromptTemplateException("a template is UTF-8 text", 1);
        }
    }

    private static string Field(string[] lines, int index, string name) =>
        lines[index].StartsWith(name, StringComparison.Ordinal) && lines[index][name.Length..] is { Length: > 0 and <= LongestName } value
            && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
            ? value
            : throw new PromptTemplateException($"'{name}' and a name of letters, digits, '.', '-' and '_' are expected", index + 1);

    private static void Check(string[] lines)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 4; i < lines.Length; i++)
        {
            if (Array.Find(Places, p => Place(p) == lines[i]) is { } place)
            {
                if (!seen.Add(place))
                {
                    throw new PromptTemplateException($"the place {place} stands twice", i + 1);
                }
            }
            else if (lines[i].Contains("{{", StringComparison.Ordinal) || lines[i].Contains("}}", StringComparison.Ordinal))
            {
                throw new PromptTemplateException("two braces stand only around intent, design or files, alone on a line", i + 1);
            }
        }

        if (!seen.Contains("intent") || !seen.Contains("design"))
        {
            throw new PromptTemplateException("places for intent and design are needed", lines.Length);
        }
    }

    private static string Place(string name) => "{{" + name + "}}";
}
