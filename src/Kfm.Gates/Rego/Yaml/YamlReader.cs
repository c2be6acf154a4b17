using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Kfm.Gates.Rego.Yaml;

/// <summary>Reads the first document of a YAML text into nodes, within limits of depth and size.</summary>
internal sealed class YamlReader
{
    private const int MaxDepth = 200;
    private const int MaxNodes = 1_000_000;
    private static readonly System.Buffers.SearchValues<char> Control = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range(0x0B, 2).Concat(Enumerable.Range(0x0E, 18)).Append(0x7F).Select(c => (char)c)]);

    private readonly Parser _parser;
    private readonly Dictionary<AnchorName, YamlNode> _anchors = [];
    private readonly Dictionary<YamlNode, int> _sizes = new(ReferenceEqualityComparer.Instance);
    private int _nodes;

    private YamlReader(string text) => _parser = new Parser(new StringReader(text));

    /// <summary>Reads a text; null when it holds no document.</summary>
    /// <exception cref="YamlFormatException">The text is not YAML, or is nested deeper than 200 levels, or has more than a million nodes with aliases expanded.</exception>
    internal static YamlNode? Read(string text) => Read(text, alone: false);

    /// <summary>Reads a text that holds one document and nothing after it; null when it holds none.</summary>
    /// <exception cref="YamlFormatException">As <see cref="Read(string)"/>, or something follows the document.</exception>
    internal static YamlNode? ReadOnly(string text) => Read(text, alone: true);

    private static YamlNode? Read(string text, bool alone)
    {
        if (text.AsSpan().IndexOfAnyInRange('\u0000', '\u0008') >= 0 || text.AsSpan().IndexOfAny(Control) >= 0)
        {
            throw new YamlFormatException("control characters are not allowed", 0);
        }

        try
        {
            var reader = new YamlReader(text);
            reader._parser.Consume<StreamStart>();
            if (!reader._parser.TryConsume<DocumentStart>(out _))
            {
                return null;
            }

            var node = reader.ReadNode(0);
            return !alone || (reader._parser.TryConsume<DocumentEnd>(out _) && reader._parser.TryConsume<StreamEnd>(out _))
                ? node
                : throw new YamlFormatException("one document is expected and something follows it", (int)reader._parser.Current!.Start.Line);
        }
        catch (YamlException e)
        {
            throw Translate(e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The scanner gives up on some damaged texts without a YAML error of its own.
            throw new YamlFormatException("unknown problem parsing YAML content", 0);
        }
    }

    private YamlNode ReadNode(int depth)
    {
        if (depth > MaxDepth)
        {
            throw new YamlFormatException("exceeded max depth of 200", 0);
        }

        var (line, column) = ((int)_parser.Current!.Start.Line, (int)_parser.Current.Start.Column);
        Count(1);
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            var known = _anchors.TryGetValue(alias.Value, out var node) ? node : throw new YamlFormatException($"unknown anchor '{alias.Value}' referenced", 0);
            Count(_sizes[known]);
            return known;
        }

        var before = _nodes;
        var (anchor, read) = ReadContent(line, column, depth);
        if (!anchor.IsEmpty)
        {
            _anchors[anchor] = read;
            _sizes[read] = _nodes - before;
        }

        return read;
    }

    private (AnchorName Anchor, YamlNode Node) ReadContent(int line, int column, int depth)
    {
        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            if (scalar.Style == ScalarStyle.Plain)
            {
                CheckPlain(scalar.Value, line);
            }

            var plain = scalar.Style == ScalarStyle.Plain && (scalar.Tag.IsEmpty || scalar.Tag.Value != "tag:yaml.org,2002:str");
            return (scalar.Anchor, new YamlScalar(line, scalar.Value, plain) { Column = column });
        }

        if (_parser.TryConsume<SequenceStart>(out var sequence))
        {
            var items = new List<YamlNode>();
            while (!_parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(ReadNode(depth + 1));
            }

            return (sequence.Anchor, new YamlList(line, items) { Column = column });
        }

        var mapping = _parser.Consume<MappingStart>();
        return (mapping.Anchor, ReadMap(line, column, depth));
    }

    /// <summary>The scanner takes the colon behind a word that begins with an asterisk for text (<c>a *b: 1</c>): refused, because it would be misread.</summary>
    private static void CheckPlain(string text, int line)
    {
        if (text.Contains(" *", StringComparison.Ordinal) && (text.Contains(": ", StringComparison.Ordinal) || text.EndsWith(':')))
        {
            throw new YamlFormatException("a plain mapping key with a word that begins with '*' has to be quoted", line);
        }
    }

    private YamlMap ReadMap(int line, int column, int depth)
    {
        var members = new List<KeyValuePair<YamlNode, YamlNode>>();
        var merged = new List<YamlNode>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            if (key is YamlScalar { Text: "<<", IsPlain: true })
            {
                merged.Add(value);
            }
            else
            {
                members.Add(new(key, value));
            }
        }

        if (merged.Count > 0)
        {
            // What is merged stands first, the last merge before others, so that the members of the map itself win.
            members = [.. Enumerable.Reverse(merged).SelectMany(Merged), .. members];
        }

        return new YamlMap(line, members) { Column = column };
    }

    private static IEnumerable<KeyValuePair<YamlNode, YamlNode>> Merged(YamlNode value) => value switch
    {
        YamlMap map => map.Members,
        YamlList list => list.Items.Reverse().SelectMany(Merged),
        _ => throw new YamlFormatException("map merge requires map or sequence of maps as the value", value.Line),
    };

    private void Count(int nodes)
    {
        _nodes += nodes;
        if (_nodes > MaxNodes)
        {
            throw new YamlFormatException("document contains excessive aliasing", 0);
        }
    }

    /// <summary>Go's reader names the problem without its context, and of errors of its parser the line before.</summary>
    private static YamlFormatException Translate(YamlException e)
    {
        var message = e.Message.TrimEnd('.');
        var comma = message.StartsWith("While ", StringComparison.Ordinal) ? message.IndexOf(", ", StringComparison.Ordinal) : -1;
        var problem = comma < 0 ? message : message[(comma + 2)..];
        var scanning = message.StartsWith("While scanning", StringComparison.Ordinal);
        var line = (int)e.Start.Line - 1;
        return new YamlFormatException(problem, line <= 0 ? 0 : scanning ? line + 1 : line) { Place = ((int)e.Start.Line, (int)e.Start.Column) };
    }
}
