using System.Globalization;
using Kfm.Gates.Rego;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Kfm.Conformance.Tests.Suites.Rego;

/// <summary>Reads JSON and YAML files into values; numbers stay exact.</summary>
internal static class CaseFile
{
    public static RegoValue Read(string file) => Path.GetExtension(file) == ".json"
        ? RegoValue.Parse(File.ReadAllBytes(file))
        : ReadYaml(File.ReadAllText(file));

    public static RegoValue ReadYaml(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents.Count == 0 ? RegoValue.Null : Value(stream.Documents[0].RootNode);
    }

    public static RegoValue Number(double value) =>
        RegoNumber.TryParse(value.ToString("R", CultureInfo.InvariantCulture), out var number) ? number : RegoValue.Null;

    private static RegoValue Value(YamlNode node) => node switch
    {
        YamlMappingNode map => RegoObject.Create(map.Children.Select(c => KeyValuePair.Create(RegoValue.Of(((YamlScalarNode)c.Key).Value!), Value(c.Value)))),
        YamlSequenceNode list => RegoArray.Create(list.Children.Select(Value)),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value!),
        _ => RegoValue.Of(((YamlScalarNode)node).Value!),
    };

    private static RegoValue Plain(string text) => text switch
    {
        "" or "~" or "null" => RegoValue.Null,
        "true" => RegoValue.True,
        "false" => RegoValue.False,
        _ when RegoNumber.TryParse(text, out var number) => number,
        _ => RegoValue.Of(text),
    };
}
