using System.Text.Json;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.JsonSchema;

/// <summary>The documents of one compilation and the resources in them, by URI.</summary>
internal sealed class SchemaRegistry(SchemaOptions options)
{
    private readonly Dictionary<string, SchemaResource> _resources = new(StringComparer.Ordinal);

    public SchemaOptions Options => options;

    public SchemaResource AddRoot(ReadOnlySpan<byte> utf8) => Add(options.BaseUri, utf8, isRoot: true);

    public IEnumerable<SchemaResource> Resources => _resources.Values.Distinct();

    /// <summary>The resource of a URI: one that is known, or a registered document that is read now.</summary>
    public SchemaResource? Find(string uri)
    {
        if (_resources.TryGetValue(uri, out var resource))
        {
            return resource;
        }

        if (!options.Documents.TryGetValue(uri, out var utf8) && !options.Documents.TryGetValue(uri + "#", out utf8))
        {
            return null;
        }

        return Add(uri, utf8.Span, isRoot: false);
    }

    private SchemaResource Add(string uri, ReadOnlySpan<byte> utf8, bool isRoot)
    {
        var document = new SchemaDocument(uri, Read(utf8, isRoot ? "" : uri + "#"), isRoot);
        var resource = new SchemaIndexer(this, document).Index();
        _resources[uri] = resource;
        return resource;
    }

    public void Register(SchemaResource resource)
    {
        if (!_resources.TryAdd(resource.Uri, resource) && _resources[resource.Uri].Document != resource.Document)
        {
            return;
        }

        if (_resources[resource.Uri] != resource)
        {
            throw new SchemaFormatException($"Two schemas have the same identifier '{resource.Uri}'.", resource.Document.Location(resource.Pointer));
        }
    }

    private JsonElement Read(ReadOnlySpan<byte> utf8, string location)
    {
        try
        {
            using var document = StrictJson.Parse(utf8, options.MaxDepth);
            var root = document.RootElement.Clone();
            return InstanceGuard.Check(root, options.MaxDepth) is { } error
                ? throw new SchemaFormatException(error.Message, location + error.InstancePointer)
                : root;
        }
        catch (JsonFormatException e)
        {
            throw new SchemaFormatException("The schema is not JSON: " + e.Message, location);
        }
    }

    /// <summary>The dialect that a <c>$schema</c> names: a published one, or a registered meta-schema with its vocabularies.</summary>
    public Dialect DialectOf(string uri, string location)
    {
        if (Dialect.Known(uri) is { } known)
        {
            return known;
        }

        var meta = Find(uri.TrimEnd('#')) ?? throw new SchemaFormatException(
            $"The dialect '{uri}' is not known; use a published one or register its meta-schema.", location);
        if (meta.Root.ValueKind != JsonValueKind.Object || !meta.Root.TryGetProperty("$vocabulary", out var vocabularies))
        {
            return meta.Dialect with { FormatAssertion = false };
        }

        return WithVocabularies(meta.Dialect.Version, vocabularies, location);
    }

    private static Dialect WithVocabularies(SchemaDialect version, JsonElement vocabularies, string location)
    {
        var names = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var vocabulary in vocabularies.EnumerateObject())
        {
            var published = vocabulary.Name.StartsWith("https://json-schema.org/draft/2020-12/vocab/", StringComparison.Ordinal)
                || vocabulary.Name.StartsWith("https://json-schema.org/draft/2019-09/vocab/", StringComparison.Ordinal);
            var required = vocabulary.Value.ValueKind == JsonValueKind.True;
            if (!published && required)
            {
                throw new SchemaFormatException($"The vocabulary '{vocabulary.Name}' is required but not supported.", location);
            }

            names[vocabulary.Name[(vocabulary.Name.LastIndexOf('/') + 1)..]] = required;
        }

        var asserts = names.ContainsKey("format-assertion") || (names.TryGetValue("format", out var format) && format);
        return new Dialect(version, names.ContainsKey("validation"), asserts);
    }
}
