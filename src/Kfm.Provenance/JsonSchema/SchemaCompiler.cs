using System.Globalization;
using System.Text.Json;

namespace Kfm.Provenance.JsonSchema;

/// <summary>Turns schemas into nodes. A node exists before its keywords are compiled, so that references may form cycles.</summary>
internal sealed class SchemaCompiler(SchemaRegistry registry)
{
    private readonly HashSet<string> _dynamicNames = new(StringComparer.Ordinal);
    private readonly HashSet<SchemaResource> _reached = [];
    private int _depth = registry.Options.MaxDepth;

    /// <summary>Whether some schema needs to know what was evaluated.</summary>
    public bool TracksEvaluated { get; set; }

    public SchemaOptions Options => registry.Options;

    public SchemaNode CompileRoot(SchemaResource resource)
    {
        var node = Compile(resource, resource.Root, resource.Pointer);
        CompileDynamicTargets();
        return node;
    }

    public SchemaNode Compile(SchemaResource resource, JsonElement schema, string pointer)
    {
        var document = resource.Document;
        resource = document.Resources.GetValueOrDefault(pointer, resource);
        if (document.Nodes.TryGetValue(pointer, out var known))
        {
            return known;
        }

        var node = new SchemaNode(resource, document.Location(pointer));
        document.Nodes.Add(pointer, node);
        _reached.Add(resource);
        if (--_depth < 0)
        {
            throw new SchemaFormatException("The schema is nested more deeply than the limit.", node.Location);
        }

        Fill(node, schema, pointer);
        _depth++;
        return node;
    }

    private void Fill(SchemaNode node, JsonElement schema, string pointer)
    {
        var dialect = node.Resource.Dialect;
        switch (schema.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False when dialect.Version > SchemaDialect.Draft4 || IsAdditional(pointer):
                node.Constant = schema.ValueKind == JsonValueKind.True;
                break;
            case JsonValueKind.Object:
                node.Checks = [.. KeywordTable.For(schema, dialect)
                    .Select(entry => entry.Rule.Compile(new KeywordSite(this, node.Resource, schema, pointer, entry.Member.Name, entry.Member.Value)))
                    .OfType<KeywordCheck>()];
                break;
            default:
                throw new SchemaFormatException("A schema is an object or a boolean.", node.Location);
        }
    }

    // Draft 4, section 5.3.1.1 and 5.4.4.1: only these two may be booleans there.
    private static bool IsAdditional(string pointer) =>
        pointer.EndsWith("/additionalItems", StringComparison.Ordinal) || pointer.EndsWith("/additionalProperties", StringComparison.Ordinal);

    /// <summary>The node that a reference points to, and the plain name by which it does.</summary>
    public (SchemaNode Node, string? Anchor) Resolve(KeywordSite site, string reference)
    {
        var (uri, fragment) = SchemaUri.Resolve(site.Resource.Uri, reference, site.Location);
        var resource = registry.Find(uri) ?? throw site.Error($"The reference '{reference}' leads to a document that is not registered.");
        if (fragment.Length == 0)
        {
            return (Compile(resource, resource.Root, resource.Pointer), null);
        }

        if (fragment[0] == '/')
        {
            return (CompileAt(resource, fragment, site), null);
        }

        return resource.Anchors.TryGetValue(fragment, out var pointer)
            ? (CompileAt(resource, pointer[resource.Pointer.Length..], site), fragment)
            : throw site.Error($"The reference '{reference}' names an anchor that does not exist.");
    }

    private SchemaNode CompileAt(SchemaResource resource, string relative, KeywordSite site)
    {
        var element = resource.Root;
        var pointer = resource.Pointer;
        foreach (var escaped in relative.Split('/').Skip(1))
        {
            var token = JsonPointer.Unescape(escaped);
            element = Step(element, token) ?? throw site.Error("The reference leads to a place that does not exist.");
            pointer = JsonPointer.Append(pointer, token);
            resource = resource.Document.Resources.GetValueOrDefault(pointer, resource);
        }

        return Compile(resource, element, pointer);
    }

    private static JsonElement? Step(JsonElement element, string token) => element.ValueKind switch
    {
        JsonValueKind.Object when element.TryGetProperty(token, out var member) => member,
        JsonValueKind.Array when int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < element.GetArrayLength() => element[index],
        _ => null,
    };

    /// <summary>Remembers that a reference is resolved by the dynamic scope.</summary>
    public void UseDynamicAnchor(string anchor) => _dynamicNames.Add(anchor);

    /// <summary>Compiles what dynamic references may meet at run time, until that reaches nothing new.</summary>
    private void CompileDynamicTargets()
    {
        for (var before = -1; before != _reached.Count + _dynamicNames.Count;)
        {
            before = _reached.Count + _dynamicNames.Count;
            foreach (var resource in _reached.ToArray())
            {
                foreach (var anchor in resource.DynamicAnchors.Intersect(_dynamicNames, StringComparer.Ordinal).ToArray())
                {
                    CompileDynamicTarget(resource, anchor);
                }
            }
        }
    }

    private void CompileDynamicTarget(SchemaResource resource, string anchor)
    {
        if (resource.DynamicNodes.ContainsKey(anchor))
        {
            return;
        }

        var element = resource.Root;
        var pointer = resource.Anchors[anchor];
        foreach (var token in pointer[resource.Pointer.Length..].Split('/').Skip(1))
        {
            element = Step(element, JsonPointer.Unescape(token))!.Value;
        }

        resource.DynamicNodes.Add(anchor, Compile(resource, element, pointer));
    }
}
