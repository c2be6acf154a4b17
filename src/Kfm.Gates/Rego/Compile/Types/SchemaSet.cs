using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile.Types;

/// <summary>The schemas of a compilation, as types: that of the input, and those that annotations name.</summary>
internal sealed class SchemaSet
{
    private readonly RegoOptions _options;
    private readonly Dictionary<string, RegoType> _types = new(StringComparer.Ordinal);

    private SchemaSet(RegoOptions options) => _options = options;

    internal static SchemaSet Create(RegoOptions options, List<RegoError> errors)
    {
        var set = new SchemaSet(options);
        foreach (var (name, schema) in options.Schemas)
        {
            try
            {
                set._types[name] = SchemaTypes.Read(schema);
            }
            catch (SchemaTypeException e)
            {
                errors.Add(new RegoError("rego_type_error", e.Message, name, 1, 1));
            }
        }

        return set;
    }

    internal void DescribeInput(TypeTree documents)
    {
        if (_types.TryGetValue("schema", out var input))
        {
            documents.Put([RegoValue.Of("input")], input);
        }
    }

    /// <summary>Puts the types of annotated documents into the scope of a rule.</summary>
    internal void Describe(IEnumerable<SchemaAnnotation> annotations, Rule rule, TypeScope scope, List<RegoError> errors)
    {
        foreach (var annotation in annotations)
        {
            if (TypeOf(annotation, rule, errors) is not { } type)
            {
                continue;
            }

            var (length, around) = Known(annotation.Path, scope);
            scope.Tree.Put(annotation.Path[..length], around is null || length == annotation.Path.Length
                ? type
                : Override(annotation.Path.AsSpan(length), around, type));
        }
    }

    private RegoType? TypeOf(SchemaAnnotation annotation, Rule rule, List<RegoError> errors)
    {
        if (annotation.Definition is { } definition)
        {
            try
            {
                return SchemaTypes.Read(definition);
            }
            catch (SchemaTypeException e)
            {
                errors.Add(rule.Location.Error("rego_type_error", e.Message));
                return null;
            }
        }

        // Without any schema given the names mean nothing, and nothing is checked.
        if (_options.Schemas.Count == 0)
        {
            return null;
        }

        var name = string.Join('.', annotation.Schema!.Select(s => ((RegoString)s).Text));
        if (_types.TryGetValue(name, out var type))
        {
            return type;
        }

        errors.Add(rule.Location.Error("rego_type_error", $"undefined schema: {name}"));
        return null;
    }

    /// <summary>The shortest start of a path that has a type, or the whole path.</summary>
    private static (int Length, RegoType? Type) Known(RegoValue[] path, TypeScope scope)
    {
        for (var length = 1; length < path.Length; length++)
        {
            if (scope.Document(path[..length]) is { } type)
            {
                return (length, type);
            }
        }

        return (path.Length, null);
    }

    private static ObjectType Override(ReadOnlySpan<RegoValue> path, RegoType around, RegoType type)
    {
        if (around is not ObjectType obj)
        {
            return Nested(path, type, (RegoType.Any, RegoType.Any));
        }

        var key = path[0];
        var known = obj.Members.FirstOrDefault(m => m.Key.Equals(key));
        var value = path.Length == 1 ? type
            : known.Key is not null ? Override(path[1..], known.Value ?? RegoType.Any, type)
            : Nested(path[1..], type, obj.Others);
        return new ObjectType(obj.Members.Where(m => !m.Key.Equals(key)).Append(new(key, value)), obj.Others);
    }

    private static ObjectType Nested(ReadOnlySpan<RegoValue> path, RegoType type, (RegoType? Key, RegoType? Value)? others) =>
        new([new(path[0], path.Length == 1 ? type : Nested(path[1..], type, others))], others);
}
