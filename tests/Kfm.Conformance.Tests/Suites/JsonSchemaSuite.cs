using System.Text;
using System.Text.Json;
using Kfm.Provenance.JsonSchema;

namespace Kfm.Conformance.Tests.Suites;

/// <summary>The official JSON Schema test suite: five drafts, with formats asserted in <c>optional/format</c>.</summary>
[Trait("Suite", "json-schema")]
public sealed class JsonSchemaSuite() : ConformanceSuite("json-schema")
{
    private static readonly Dictionary<string, SchemaDialect> Drafts = new(StringComparer.Ordinal)
    {
        ["draft4"] = SchemaDialect.Draft4,
        ["draft6"] = SchemaDialect.Draft6,
        ["draft7"] = SchemaDialect.Draft7,
        ["draft2019-09"] = SchemaDialect.Draft201909,
        ["draft2020-12"] = SchemaDialect.Draft202012,
    };

    protected override IEnumerable<SuiteCase> Cases(string folder)
    {
        using var index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "index.json")));
        var ids = index.RootElement.EnumerateArray().Select(id => id.GetString()!).ToLookup(id => id[..id.IndexOf('#', StringComparison.Ordinal)]);
        var documents = Documents(folder);
        return [.. ids.SelectMany(file => file.Key.StartsWith("tests/", StringComparison.Ordinal)
            ? FileCases(folder, file.Key, [.. file], documents)
            : file.Select(id => new SuiteCase(id, () => "The validator gives a list of errors; it does not collect annotations or write the standard output formats.")))];
    }

    private static List<SuiteCase> FileCases(string folder, string file, string[] ids, Dictionary<string, ReadOnlyMemory<byte>> documents)
    {
        var parts = file.Split('/');
        var options = new SchemaOptions
        {
            DefaultDialect = Drafts[parts[1]],
            AssertFormat = file.Contains("/optional/format/", StringComparison.Ordinal),
            Documents = documents,
            BaseUri = "http://localhost:1234/root.json",
        };
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, file)));
        var cases = new List<SuiteCase>();
        foreach (var group in document.RootElement.EnumerateArray())
        {
            var schema = Encoding.UTF8.GetBytes(group.GetProperty("schema").GetRawText());
            var compiled = new Lazy<CompiledSchema>(() => CompiledSchema.Compile(schema, options));
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                var data = test.GetProperty("data").Clone();
                var valid = test.GetProperty("valid").GetBoolean();
                cases.Add(new(ids[cases.Count], () => compiled.Value.Validate(data).IsValid == valid ? null : valid ? "is refused but valid" : "is accepted but invalid"));
            }
        }

        return cases;
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> Documents(string folder)
    {
        var documents = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        var remotes = Path.Combine(folder, "remotes");
        foreach (var file in Directory.EnumerateFiles(remotes, "*.json", SearchOption.AllDirectories))
        {
            documents["http://localhost:1234/" + Path.GetRelativePath(remotes, file).Replace('\\', '/')] = File.ReadAllBytes(file);
        }

        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, "metaschemas"), "*.json", SearchOption.AllDirectories))
        {
            var utf8 = File.ReadAllBytes(file);
            using var meta = JsonDocument.Parse(utf8);
            var id = meta.RootElement.TryGetProperty("$id", out var value) ? value : meta.RootElement.GetProperty("id");
            documents[id.GetString()!.TrimEnd('#')] = utf8;
        }

        return documents;
    }
}
