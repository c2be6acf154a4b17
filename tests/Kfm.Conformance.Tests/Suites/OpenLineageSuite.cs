using System.Text;
using System.Text.Json;
using Kfm.Provenance.Json;
using Kfm.Provenance.JsonSchema;
using Kfm.Provenance.OpenLineage;

namespace Kfm.Conformance.Tests.Suites;

/// <summary>OpenLineage: verdicts of the core and facet schemas, lossless round trip of whole events, patterns that must be I-JSON.</summary>
[Trait("Suite", "openlineage")]
public sealed class OpenLineageSuite() : ConformanceSuite("openlineage")
{
    private static readonly Dictionary<string, (string Suffix, string Member)> Places = new(StringComparer.Ordinal)
    {
        ["run"] = ("RunFacet", "run.facets"),
        ["job"] = ("JobFacet", "job.facets"),
        ["ds"] = ("DatasetFacet", "facets"),
        ["in"] = ("InputDatasetFacet", "inputFacets"),
        ["out"] = ("OutputDatasetFacet", "outputFacets"),
    };

    protected override IEnumerable<SuiteCase> Cases(string folder)
    {
        var schemas = new FacetSchemas(Path.Combine(folder, "spec"));
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "expected.json")));
        var cases = new List<SuiteCase>();
        foreach (var item in expected.RootElement.EnumerateObject())
        {
            var (id, verdict) = (item.Name, item.Value.Clone());
            cases.Add(new(id, () => Check(File.ReadAllBytes(Path.Combine(folder, id)), verdict, schemas)));
        }

        var producer = Path.Combine(folder, "compatibility-tests", "producer");
        foreach (var file in Directory.EnumerateFiles(producer, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            cases.Add(new(Path.GetRelativePath(folder, file).Replace('\\', '/'), () => CanonicalJson.Canonicalize(File.ReadAllBytes(file)).Length > 0 ? null : "is empty"));
        }

        return cases;
    }

    private static string? Check(byte[] bytes, JsonElement verdict, FacetSchemas schemas)
    {
        using var document = JsonDocument.Parse(bytes);
        var core = verdict.GetProperty("core");
        if (core.ValueKind != JsonValueKind.Null)
        {
            if (schemas.Core.Validate(document.RootElement).IsValid != core.GetBoolean())
            {
                return core.GetBoolean() ? "the event is refused but valid" : "the event is accepted but invalid";
            }

            if (!LineageEvent.Parse(bytes).ToJson().AsSpan().SequenceEqual(CanonicalJson.Canonicalize(bytes)))
            {
                return "the round trip loses something";
            }
        }

        foreach (var facet in verdict.GetProperty("facets").EnumerateObject())
        {
            if (schemas.Accepts(facet.Name, document.RootElement, Places) != facet.Value.GetBoolean())
            {
                return $"{facet.Name}: {(facet.Value.GetBoolean() ? "refused but valid" : "accepted but invalid")}";
            }
        }

        return null;
    }

    private sealed class FacetSchemas
    {
        private readonly Dictionary<string, byte[]> _byName = new(StringComparer.Ordinal);
        private readonly List<(string Name, HashSet<string> Keys)> _keys = [];
        private readonly Dictionary<string, CompiledSchema> _compiled = new(StringComparer.Ordinal);
        private readonly SchemaOptions _options;

        public FacetSchemas(string folder)
        {
            var documents = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
            foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                var utf8 = File.ReadAllBytes(file);
                using var schema = JsonDocument.Parse(utf8);
                if (schema.RootElement.ValueKind != JsonValueKind.Object || !schema.RootElement.TryGetProperty("$id", out var id))
                {
                    continue;
                }

                var name = Path.GetFileNameWithoutExtension(file);
                documents[id.GetString()!] = utf8;
                _byName.TryAdd(name, utf8);
                if (schema.RootElement.TryGetProperty("properties", out var properties))
                {
                    _keys.Add((name, properties.EnumerateObject().Select(p => p.Name).ToHashSet(StringComparer.Ordinal)));
                }
            }

            _options = new SchemaOptions { AssertFormat = true, Documents = documents };
        }

        public CompiledSchema Core => Compiled("OpenLineage");

        /// <summary>The verdict on a whole file by the name of a schema, or on every facet of a key at a place of an event.</summary>
        public bool Accepts(string facet, JsonElement root, Dictionary<string, (string Suffix, string Member)> places)
        {
            if (facet.Split(':') is not [var place, var key])
            {
                return Compiled(facet).Validate(root).IsValid;
            }

            var (suffix, member) = places[place];
            var schema = Compiled(Named(key, suffix, place));
            return Facets(root, member, key).All(value =>
                schema.Validate(Encoding.UTF8.GetBytes($"{{{JsonSerializer.Serialize(key)}:{value.GetRawText()}}}")).IsValid);
        }

        private string Named(string key, string suffix, string place)
        {
            var names = _keys.Where(k => k.Keys.Contains(key)).Select(k => k.Name).ToList();
            return names.Find(n => n.EndsWith(suffix, StringComparison.Ordinal)
                && (place != "ds" || !(n.EndsWith("InputDatasetFacet", StringComparison.Ordinal) || n.EndsWith("OutputDatasetFacet", StringComparison.Ordinal))))
                ?? names[0];
        }

        private CompiledSchema Compiled(string name) =>
            _compiled.TryGetValue(name, out var schema) ? schema : _compiled[name] = CompiledSchema.Compile(_byName[name], _options);

        private static IEnumerable<JsonElement> Facets(JsonElement root, string member, string key)
        {
            var parts = member.Split('.');
            var owners = parts.Length == 2
                ? Member(root, parts[0])
                : Member(root, "inputs").Concat(Member(root, "outputs")).SelectMany(list => list.EnumerateArray()).Concat(Member(root, "dataset"));
            return owners.SelectMany(owner => Member(owner, parts[^1])).SelectMany(facets => Member(facets, key));
        }

        private static IEnumerable<JsonElement> Member(JsonElement owner, string name) => owner.TryGetProperty(name, out var value) ? [value] : [];
    }
}
