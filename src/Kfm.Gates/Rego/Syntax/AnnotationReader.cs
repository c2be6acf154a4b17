using System.Globalization;
using Kfm.Gates.Rego.Yaml;

namespace Kfm.Gates.Rego.Syntax;

/// <summary>Reads the METADATA comments of a module: the comment lines that follow one without a gap, in the first column.</summary>
internal sealed class AnnotationReader(List<RegoError> errors)
{
    internal List<Annotation> Read(IReadOnlyList<Comment> comments)
    {
        var annotations = new List<Annotation>();
        for (var i = 0; i < comments.Count; i++)
        {
            if (!comments[i].Text.Trim().StartsWith("METADATA", StringComparison.Ordinal))
            {
                continue;
            }

            var block = new List<Comment>();
            var head = comments[i];
            while (i + 1 < comments.Count && comments[i + 1].Location is { Col: 1 } next && next.Row == comments[i].Location.Row + 1)
            {
                block.Add(comments[++i]);
            }

            if (ReadBlock(head, block) is { } annotation)
            {
                annotations.Add(annotation);
            }
        }

        return annotations;
    }

    private Annotation? ReadBlock(Comment head, List<Comment> block)
    {
        var text = string.Concat(block.Select(c => (c.Text.StartsWith(' ') ? c.Text[1..] : c.Text) + "\n"));
        if (text.AsSpan().Trim().IsEmpty)
        {
            return Fail(head.Location, "expected METADATA block, found whitespace");
        }

        try
        {
            return YamlReader.Read(text) is YamlMap map
                ? Create(head.Location, block, map)
                : Fail(block[0].Location, "yaml: unmarshal errors:\n  line 1: cannot unmarshal the block into an annotation");
        }
        catch (YamlFormatException e)
        {
            var place = e.Line == 0 ? block[0] : block[Math.Min(e.Line, block.Count - 1)];
            return Fail(place.Location, e.Message + Hint(block));
        }
        catch (AnnotationException e)
        {
            return Fail(head.Location, e.Message);
        }
    }

    /// <summary>Points at a colon that no space follows: the most common cause of cryptic messages.</summary>
    private static string Hint(List<Comment> block)
    {
        foreach (var comment in block)
        {
            var parts = comment.Text.Split(':')[1..];
            if (parts.Length == 0 || parts[^1].Length == 0 || parts.Any(p => p.Length > 0 && p[0] is ' ' or '\t'))
            {
                continue;
            }

            var symbols = string.Join(' ', parts.Select(p => p.Length == 0 ? "'\\ufffd'" : $"'{Escape(p)}'"));
            return string.Create(CultureInfo.InvariantCulture,
                $"\n  Hint: on line {comment.Location.Row}, symbol(s) [{symbols}] immediately following a key/value separator ':' is not a legal yaml space character");
        }

        return "";
    }

    private static string Escape(string part) => char.IsAscii(part[0]) ? part[..1] : $"\\u{(int)part[0]:x4}";

    private static Annotation Create(Location place, List<Comment> block, YamlMap map) => new(place)
    {
        Scope = AnnotationFields.Text(map, "scope"),
        Title = AnnotationFields.Text(map, "title"),
        Description = AnnotationFields.Text(map, "description"),
        Entrypoint = AnnotationFields.Flag(map, "entrypoint"),
        Organizations = AnnotationFields.Texts(map, "organizations"),
        RelatedResources = AnnotationFields.RelatedResources(map),
        Schemas = AnnotationFields.Schemas(map),
        Authors = AnnotationFields.Authors(map),
        Custom = AnnotationFields.Custom(map),
        LastRow = block[^1].Location.Row,
    };

    private Annotation? Fail(Location place, string message)
    {
        errors.Add(place.Error("rego_parse_error", message));
        return null;
    }
}
