namespace Kfm.Gates.Rego.Compile.Types;

/// <summary>
/// Types of JSON schemas. As in OPA an object that names its properties has no others, <c>anyOf</c> is a union, <c>allOf</c> merges, and what a
/// schema does not restrict is any. References reach inside the schema only: nothing is loaded.
/// </summary>
internal sealed class SchemaTypes
{
    private const int MaxDepth = 100;
    private readonly RegoValue _root;
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    private SchemaTypes(RegoValue root) => _root = root;

    /// <exception cref="SchemaTypeException">The schema is not one, refers to what is not there, or its parts contradict each other.</exception>
    internal static RegoType Read(RegoValue schema) => new SchemaTypes(schema).Read(schema, 0);

    private RegoType Read(RegoValue schema, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new SchemaTypeException("unable to compile the schema: nesting is deeper than 100 levels");
        }

        if (schema is not RegoObject obj)
        {
            return schema is RegoBoolean ? RegoType.Any : throw new SchemaTypeException("unable to compile the schema: it is neither an object nor a boolean");
        }

        if (obj.Member("$ref") is RegoString reference)
        {
            return Follow(reference.Text, depth);
        }

        if (obj.Member("anyOf") is RegoArray any)
        {
            return any.Items.Select(s => Read(s, depth + 1)).Aggregate((RegoType?)Core(obj, depth), RegoType.Or) ?? RegoType.Any;
        }

        return obj.Member("allOf") is RegoArray all ? ReadAll(obj, all, depth) : ReadTyped(obj, depth);
    }

    /// <summary>A recursive schema has no finite type: where it comes back to itself it is any.</summary>
    private RegoType Follow(string reference, int depth)
    {
        if (!_open.Add(reference))
        {
            return RegoType.Any;
        }

        var type = Read(Find(reference), depth + 1);
        _open.Remove(reference);
        return type;
    }

    private RegoValue Find(string reference)
    {
        if (!reference.StartsWith('#'))
        {
            throw new SchemaTypeException($"unable to compile the schema: remote reference loading disabled: {reference}");
        }

        var node = _root;
        foreach (var step in reference[1..].Split('/').Skip(1))
        {
            var name = Uri.UnescapeDataString(step).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            node = (node as RegoObject)?.Member(name) ?? throw new SchemaTypeException($"unable to compile the schema: Object has no key '{name}'");
        }

        return node;
    }

    /// <summary>What stands beside anyOf counts when it names properties.</summary>
    private ObjectType? Core(RegoObject schema, int depth) =>
        Types(schema).Count > 0 && ReadTyped(schema, depth) is ObjectType { Members.Count: > 0 } core ? core : null;

    private RegoType ReadAll(RegoObject schema, RegoArray all, int depth)
    {
        var parts = all.Items.Select(s => Read(s, depth + 1)).ToList();
        if (Types(schema).Count > 0)
        {
            parts.Add(ReadTyped(schema, depth));
        }

        return parts.Aggregate((RegoType?)null, Merge) ?? RegoType.Any;
    }

    private static RegoType Merge(RegoType? left, RegoType right)
    {
        switch (left, right)
        {
            case (null, _):
            case (AnyType { IsAll: true }, _):
                return right;
            case (_, AnyType { IsAll: true }):
                return left;
            case (ObjectType l, ObjectType r):
                var both = l.Members.Count == 0 || r.Members.Count == 0 ? l.Others ?? r.Others : null;
                return new ObjectType(l.Members.Concat(r.Members), l.Members.Count + r.Members.Count > 0 ? null : both);
            case (ArrayType l, ArrayType r):
                return l.Items.Length > 0 || r.Rest is AnyType { IsAll: true } ? l : r;
            default:
                return RegoType.Compare(left, right) == 0 ? left : throw new SchemaTypeException("unable to merge these schemas");
        }
    }

    private RegoType ReadTyped(RegoObject schema, int depth)
    {
        var types = Types(schema);
        return types switch
        {
            _ when types.Contains("boolean") => RegoType.Boolean,
            _ when types.Contains("string") => RegoType.String,
            _ when types.Contains("integer") || types.Contains("number") => RegoType.Number,
            _ when types.Contains("object") || (types.Count == 0 && schema.Member("properties") is RegoObject { Members.Count: > 0 }) => ReadObject(schema, depth),
            _ when types.Contains("array") || (types.Count == 0 && schema.Member("items") is not null) => ReadArray(schema, depth),
            _ => RegoType.Any,
        };
    }

    private static HashSet<string> Types(RegoObject schema) => schema.Member("type") switch
    {
        RegoString one => new(StringComparer.Ordinal) { one.Text },
        RegoArray several => new(several.Items.OfType<RegoString>().Select(s => s.Text), StringComparer.Ordinal),
        _ => [],
    };

    private ObjectType ReadObject(RegoObject schema, int depth) => schema.Member("properties") is RegoObject { Members: { Count: > 0 } members }
        ? new ObjectType(members.Select(m => KeyValuePair.Create(m.Key, (RegoType?)Read(m.Value, depth + 1))), null)
        : new ObjectType([], (RegoType.Any, RegoType.Any));

    private ArrayType ReadArray(RegoObject schema, int depth) => schema.Member("items") switch
    {
        RegoArray { Items.Count: > 0 } items => new ArrayType([.. items.Items.Select(i => Read(i, depth + 1))], null),
        RegoObject item => new ArrayType([], Read(item, depth + 1)),
        _ => new ArrayType([], RegoType.Any),
    };
}
