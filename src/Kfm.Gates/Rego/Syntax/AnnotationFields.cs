using System.Globalization;
using Kfm.Gates.Rego.Yaml;

namespace Kfm.Gates.Rego.Syntax;

/// <summary>The fields of a METADATA comment.</summary>
internal static class AnnotationFields
{
    internal static string Text(YamlMap map, string name) => map.Find(name) switch
    {
        null => "",
        YamlScalar scalar => scalar.ToValue() is RegoNull ? "" : scalar.Text,
        var other => throw Mismatch(other, "string"),
    };

    internal static bool Flag(YamlMap map, string name) => map.Find(name) switch
    {
        null => false,
        var node => node.ToValue() switch
        {
            RegoBoolean flag => flag.Value,
            RegoNull => false,
            _ => throw Mismatch(node, "bool"),
        },
    };

    internal static string[] Texts(YamlMap map, string name) => [.. List(map, name, "[]string").Select(i => i is YamlScalar s ? s.Text : throw Mismatch(i, "string"))];

    internal static RegoObject Custom(YamlMap map) => map.Find("custom") switch
    {
        null => RegoObject.Empty,
        YamlMap custom => (RegoObject)custom.ToValue(),
        YamlScalar scalar when scalar.ToValue() is RegoNull => RegoObject.Empty,
        var other => throw Mismatch(other, "map[string]interface {}"),
    };

    internal static (string Reference, string Description)[] RelatedResources(YamlMap map) =>
        [.. List(map, "related_resources", "[]interface {}").Select(RelatedResource)];

    internal static (string Name, string Email)[] Authors(YamlMap map) => [.. List(map, "authors", "[]interface {}").Select(Author)];

    internal static SchemaAnnotation[] Schemas(YamlMap map) =>
        [.. List(map, "schemas", "[]map[string]interface {}").Select(i => i is YamlMap { Members: [var pair, ..] } ? Schema(pair) : throw Mismatch(i, "map[string]interface {}"))];

    private static IReadOnlyList<YamlNode> List(YamlMap map, string name, string type) => map.Find(name) switch
    {
        null => [],
        YamlList list => list.Items,
        YamlScalar scalar when scalar.ToValue() is RegoNull => [],
        var other => throw Mismatch(other, type),
    };

    private static (string Reference, string Description) RelatedResource(YamlNode node) => node switch
    {
        YamlScalar { Text.Length: > 0 } scalar when scalar.ToValue() is RegoString => (scalar.Text, ""),
        YamlScalar scalar when scalar.ToValue() is RegoString => throw new AnnotationException("invalid related-resource definition : ref URL may not be empty string"),
        YamlMap map when Trimmed(map, "ref") is { Length: > 0 } reference => (reference, Trimmed(map, "description")),
        YamlMap map => throw new AnnotationException($"invalid related-resource definition {Shown(map)}: 'ref' value required in object"),
        _ => throw new AnnotationException($"invalid related-resource definition {Shown(node)}: invalid value type, must be string or map"),
    };

    private static (string Name, string Email) Author(YamlNode node) => node switch
    {
        YamlScalar scalar when scalar.ToValue() is RegoString => Author(scalar.Text),
        YamlMap map when Trimmed(map, "name").Length + Trimmed(map, "email").Length > 0 => (Trimmed(map, "name"), Trimmed(map, "email")),
        YamlMap map => throw new AnnotationException($"invalid author definition {Shown(map)}: 'name' and/or 'email' values required in object"),
        _ => throw new AnnotationException($"invalid author definition {Shown(node)}: invalid value type, must be string or map"),
    };

    /// <summary>A last word in angle brackets is the address.</summary>
    private static (string Name, string Email) Author(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            throw new AnnotationException("invalid author definition : author is an empty string");
        }

        return words[^1] is ['<', .. var email, '>'] ? (string.Join(' ', words[..^1]), email) : (string.Join(' ', words), "");
    }

    private static SchemaAnnotation Schema(KeyValuePair<YamlNode, YamlNode> pair)
    {
        var name = (pair.Key as YamlScalar)?.Text ?? "";
        var path = Path(name) ?? throw new AnnotationException("invalid document reference");
        return pair.Value switch
        {
            YamlMap definition => new SchemaAnnotation(path, null, definition.ToValue()),
            YamlScalar scalar when scalar.ToValue() is RegoString => new SchemaAnnotation(
                path, Path(scalar.Text) is [RegoString { Text: "schema" }, ..] schema ? schema : throw new AnnotationException("invalid schema reference"), null),
            _ => throw new AnnotationException($"invalid schema declaration for path {GoQuote.Quote(name)}"),
        };
    }

    /// <summary>The constant steps of a reference, its head included; null when it is none.</summary>
    private static RegoValue[]? Path(string text)
    {
        try
        {
            return Parser.ParseTerm(text) switch
            {
                VarTerm variable => [RegoValue.Of(variable.Name)],
                RefTerm { Head: VarTerm head } reference when Array.TrueForAll(reference.Path, s => s is ScalarTerm) =>
                    [RegoValue.Of(head.Name), .. reference.Path.Select(s => ((ScalarTerm)s).Value)],
                _ => null,
            };
        }
        catch (RegoSyntaxException)
        {
            return null;
        }
    }

    private static string Trimmed(YamlMap map, string name) => map.Find(name) is YamlScalar scalar && scalar.ToValue() is RegoString ? scalar.Text.Trim() : "";

    private static string Shown(YamlNode node) => node switch
    {
        YamlMap map => $"map[{string.Join(' ', map.Members.Select(m => $"{Shown(m.Key)}:{Shown(m.Value)}"))}]",
        YamlList list => $"[{string.Join(' ', list.Items.Select(Shown))}]",
        _ => node.ToValue() is RegoNull ? "%!s(<nil>)" : ((YamlScalar)node).Text,
    };

    private static YamlFormatException Mismatch(YamlNode node, string type)
    {
        var kind = node switch
        {
            YamlMap => "!!map",
            YamlList => "!!seq",
            YamlScalar scalar => scalar.ToValue() switch
            {
                RegoNumber { IsInteger: true } => $"!!int `{scalar.Text}`",
                RegoNumber => $"!!float `{scalar.Text}`",
                RegoBoolean => $"!!bool `{scalar.Text}`",
                _ => $"!!str `{(scalar.Text.Length > 10 ? scalar.Text[..7] + "..." : scalar.Text)}`",
            },
            _ => "!!null",
        };
        return new YamlFormatException(string.Create(CultureInfo.InvariantCulture, $"unmarshal errors:\n  line {node.Line}: cannot unmarshal {kind} into {type}"), 0);
    }
}
