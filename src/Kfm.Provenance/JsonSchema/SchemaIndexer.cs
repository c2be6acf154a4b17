using System.Globalization;
using System.Text.Json;

namespace Kfm.Provenance.JsonSchema;

/// <summary>Finds the resources and anchors of a document. Looks only where the dialect has schemas, never into <c>const</c> or <c>enum</c>.</summary>
internal sealed class SchemaIndexer(SchemaRegistry registry, SchemaDocument document)
{
    private static readonly HashSet<string> Single = new(StringComparer.Ordinal)
    {
        "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames", "items", "additionalItems",
        "unevaluatedItems", "unevaluatedProperties", "contentSchema", "extends",
    };

    private static readonly HashSet<string> Lists = new(StringComparer.Ordinal) { "allOf", "anyOf", "oneOf", "prefixItems", "items" };

    private static readonly HashSet<string> Maps = new(StringComparer.Ordinal)
    {
        "properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies",
    };

    public SchemaResource Index()
    {
        var dialect = DialectOf(document.Root, new Dialect(registry.Options.DefaultDialect), "");
        var uri = OwnId(document.Root, dialect, "") is { } id ? SchemaUri.Resolve(document.Uri, id, document.Location("")).Uri : document.Uri;
        var resource = new SchemaResource(uri, document, "", document.Root, dialect);
        document.Resources.Add("", resource);
        registry.Register(resource);
        Visit(document.Root, "", resource);
        return resource;
    }

    private void Visit(JsonElement schema, string pointer, SchemaResource resource)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        resource = pointer.Length == 0 ? resource : Enter(schema, pointer, resource);
        if (!HidesSiblings(schema, resource.Dialect))
        {
            AddAnchors(schema, pointer, resource);
        }

        foreach (var member in schema.EnumerateObject())
        {
            VisitMember(member, JsonPointer.Append(pointer, member.Name), resource);
        }
    }

    private void VisitMember(JsonProperty member, string pointer, SchemaResource resource)
    {
        switch (member.Value.ValueKind)
        {
            case JsonValueKind.Object when Maps.Contains(member.Name):
                foreach (var child in member.Value.EnumerateObject())
                {
                    Visit(child.Value, JsonPointer.Append(pointer, child.Name), resource);
                }

                break;
            case JsonValueKind.Object when Single.Contains(member.Name):
                Visit(member.Value, pointer, resource);
                break;
            case JsonValueKind.Array when Lists.Contains(member.Name):
                var index = 0;
                foreach (var child in member.Value.EnumerateArray())
                {
                    Visit(child, JsonPointer.Append(pointer, (index++).ToString(CultureInfo.InvariantCulture)), resource);
                }

                break;
            default:
                break;
        }
    }

    private SchemaResource Enter(JsonElement schema, string pointer, SchemaResource parent)
    {
        var dialect = schema.TryGetProperty(parent.Dialect.IdKeyword, out _) ? DialectOf(schema, parent.Dialect, pointer) : parent.Dialect;
        if (OwnId(schema, dialect, pointer) is not { } id)
        {
            return parent;
        }

        var uri = SchemaUri.Resolve(parent.Uri, id, document.Location(pointer)).Uri;
        var resource = new SchemaResource(uri, document, pointer, schema, dialect);
        document.Resources.Add(pointer, resource);
        registry.Register(resource);
        return resource;
    }

    private Dialect DialectOf(JsonElement schema, Dialect inherited, string pointer)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("$schema", out var value))
        {
            return inherited;
        }

        return value.ValueKind == JsonValueKind.String
            ? registry.DialectOf(value.GetString()!, document.Location(pointer + "/$schema"))
            : throw new SchemaFormatException("$schema is not a string.", document.Location(pointer + "/$schema"));
    }

    private static bool HidesSiblings(JsonElement schema, Dialect dialect) =>
        dialect.RefHidesSiblings && schema.TryGetProperty("$ref", out var reference) && reference.ValueKind == JsonValueKind.String;

    /// <summary>The identifier that makes the schema a resource; null when there is none or it is only a plain-name fragment.</summary>
    private string? OwnId(JsonElement schema, Dialect dialect, string pointer)
    {
        if (schema.ValueKind != JsonValueKind.Object || HidesSiblings(schema, dialect)
            || !schema.TryGetProperty(dialect.IdKeyword, out var value))
        {
            return null;
        }

        var location = document.Location(JsonPointer.Append(pointer, dialect.IdKeyword));
        if (value.ValueKind != JsonValueKind.String)
        {
            throw new SchemaFormatException("The identifier is not a string.", location);
        }

        var id = value.GetString()!;
        var fragment = id.IndexOf('#', StringComparison.Ordinal);
        if (fragment >= 0 && fragment < id.Length - 1 && !dialect.RefHidesSiblings)
        {
            throw new SchemaFormatException("The identifier has a fragment; use $anchor.", location);
        }

        return id.StartsWith('#') && dialect.RefHidesSiblings ? null : id;
    }

    private void AddAnchors(JsonElement schema, string pointer, SchemaResource resource)
    {
        var version = resource.Dialect.Version;
        if (resource.Dialect.RefHidesSiblings)
        {
            if (Text(schema, resource.Dialect.IdKeyword) is { } id && id.IndexOf('#', StringComparison.Ordinal) is >= 0 and var at && at < id.Length - 1)
            {
                AddAnchor(id[(at + 1)..], pointer, resource, dynamic: false);
            }

            return;
        }

        if (Text(schema, "$anchor") is { } anchor)
        {
            AddAnchor(anchor, pointer, resource, dynamic: false);
        }

        if (version == SchemaDialect.Draft202012 && Text(schema, "$dynamicAnchor") is { } dynamicAnchor)
        {
            AddAnchor(dynamicAnchor, pointer, resource, dynamic: true);
        }

        if (version == SchemaDialect.Draft201909 && schema.TryGetProperty("$recursiveAnchor", out var recursive) && recursive.ValueKind == JsonValueKind.True)
        {
            AddAnchor(RecursiveAnchor, pointer, resource, dynamic: true);
        }
    }

    /// <summary>The name under which <c>$recursiveAnchor</c> is kept; no plain name can be empty with a space.</summary>
    public const string RecursiveAnchor = " recursive";

    private static string? Text(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private void AddAnchor(string name, string pointer, SchemaResource resource, bool dynamic)
    {
        if (!resource.Anchors.TryAdd(name, pointer) && !string.Equals(resource.Anchors[name], pointer, StringComparison.Ordinal))
        {
            throw new SchemaFormatException($"Two schemas have the same anchor '{name}'.", document.Location(pointer));
        }

        if (dynamic)
        {
            resource.DynamicAnchors.Add(name);
        }
    }
}
