using System.Text;
using System.Text.RegularExpressions;
using Kfm.Provenance.Digests;

namespace Kfm.Agent.Designs;

/// <summary>A template of a design document: Markdown with placeholders, an id and a version.</summary>
/// <remarks>
/// The first line is <c>&lt;!-- kfm-design-template id=ID version=N --&gt;</c> and does not reach the document. A placeholder is <c>{{name}}</c>;
/// the names are closed (<see cref="Placeholders"/>), and each stands in a template at least once, so that no template hides the risk from a
/// reviewer. What a placeholder is replaced by is not looked at again.
/// </remarks>
public sealed partial class DesignTemplate
{
    private const int MaxBytes = 64 * 1024;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly string _body;

    private DesignTemplate(string name, string id, int version, ReadOnlyMemory<byte> utf8, string body) =>
        (Name, Id, Version, Utf8, Digest, _body) = (name, id, version, utf8, Digest.Of(utf8.Span), body);

    /// <summary>The names of the placeholders, ordinal order.</summary>
    public static IReadOnlyList<string> Placeholders { get; } =
        ["asked", "checks", "components", "diagram", "risk", "rollback", "specifications", "template", "title"];

    /// <summary>The name of the file, for messages and for the record.</summary>
    public string Name { get; }

    /// <summary>The id: lower-case letters, digits and hyphens.</summary>
    public string Id { get; }

    /// <summary>The version, from 1. A template whose text changes gets the next one.</summary>
    public int Version { get; }

    /// <summary>The bytes of the file.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>The SHA-256 of the file.</summary>
    public Digest Digest { get; }

    /// <summary>Reads a template.</summary>
    /// <param name="name">The name of the file, for messages.</param>
    /// <param name="utf8">The bytes of the file: UTF-8, at most 64 KiB.</param>
    /// <exception cref="DesignTemplateException">The bytes are not a template; the position says where.</exception>
    public static DesignTemplate Parse(string name, ReadOnlySpan<byte> utf8)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var bytes = utf8.ToArray();
        var text = Text(name, bytes);
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var header = Header().Match(end < 0 ? text : text[..end]);
        if (!header.Success)
        {
            throw new DesignTemplateException("the first line is to be <!-- kfm-design-template id=ID version=N -->, with an id of lower-case letters, digits and hyphens", name, 1, 1);
        }

        var body = end < 0 ? "" : text[(end + 1)..];
        Check(name, body);
        return new DesignTemplate(name, header.Groups["id"].Value, int.Parse(header.Groups["version"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture), bytes, body);
    }

    /// <summary>The text with every placeholder replaced.</summary>
    internal string Fill(IReadOnlyDictionary<string, string> values) => Placeholder().Replace(_body, match => values[match.Groups["name"].Value]);

    private static string Text(string name, byte[] utf8)
    {
        if (utf8.Length > MaxBytes)
        {
            throw new DesignTemplateException($"the file has {utf8.Length} bytes; at most {MaxBytes} are read", name);
        }

        try
        {
            return Strict.GetString(utf8).ReplaceLineEndings("\n");
        }
        catch (DecoderFallbackException)
        {
            throw new DesignTemplateException("the file is not UTF-8", name);
        }
    }

    private static void Check(string name, string body)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var at = 0;
        foreach (Match match in Placeholder().Matches(body))
        {
            ThrowIfBrace(name, body, at, match.Index);
            at = match.Index + match.Length;
            var placeholder = match.Groups["name"].Value;
            if (!Placeholders.Contains(placeholder, StringComparer.Ordinal))
            {
                throw Wrong(name, body, match.Index, $"the placeholder '{placeholder}' is not known; known are {string.Join(", ", Placeholders)}");
            }

            seen.Add(placeholder);
        }

        ThrowIfBrace(name, body, at, body.Length);
        if (Placeholders.FirstOrDefault(p => !seen.Contains(p)) is { } missing)
        {
            throw new DesignTemplateException($"the placeholder {{{{{missing}}}}} is missing; a design says what every placeholder stands for", name);
        }
    }

    private static void ThrowIfBrace(string name, string body, int start, int end)
    {
        var brace = body.AsSpan(start, end - start).IndexOf("{{", StringComparison.Ordinal);
        if (brace >= 0)
        {
            throw Wrong(name, body, start + brace, "'{{' starts a placeholder, which is a name of lower-case letters and '}}'");
        }
    }

    private static DesignTemplateException Wrong(string name, string body, int index, string message)
    {
        var before = body.AsSpan(0, index);

        // The first line of the file is not a part of the body.
        return new DesignTemplateException(message, name, before.Count('\n') + 2, index - before.LastIndexOf('\n'));
    }

    [GeneratedRegex(@"^<!-- kfm-design-template id=(?<id>[a-z0-9][a-z0-9-]{0,63}) version=(?<version>[1-9][0-9]{0,5}) -->$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Header();

    [GeneratedRegex(@"\{\{(?<name>[a-z]+)\}\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
