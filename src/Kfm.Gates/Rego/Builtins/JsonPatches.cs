using System.Globalization;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>json.patch (RFC 6902), with paths as strings or arrays of keys, and sets, whose elements are their own keys. What cannot be applied is undefined.</summary>
internal static class JsonPatches
{
    private const string Name = "json.patch";

    internal static void Register(Action<string, int, Builtin> add) => add(Name, 2, Patch);

    private static RegoValue? Patch(BuiltinContext context, RegoValue[] a)
    {
        RegoValue? document = a[0];
        foreach (var item in Operand.Array(Name, a, 1).Items)
        {
            var operation = item as RegoObject
                ?? throw BuiltinException.Operand(Name, 2, $"must be array of JSON-Patch objects but got array containing {Operand.KindName(item)}");
            document = document is null ? null : Apply(document, operation);
        }

        return document;
    }

    private static RegoValue? Apply(RegoValue document, RegoObject operation)
    {
        var path = Path(operation, "path");
        switch ((operation.Member("op") as RegoString)?.Text)
        {
            case "add":
                return Insert(document, path, 0, Value(operation));
            case "remove":
                return Delete(document, path, 0);
            case "replace":
                return Find(document, path) is null ? null : path.Length == 0 ? Value(operation) : Replace(document, path, Value(operation));
            case "move":
                var from = Path(operation, "from");
                return Find(document, from) is { } moved && (from.Length == 0 ? moved : Delete(document, from, 0)) is { } rest ? Insert(rest, path, 0, moved) : null;
            case "copy":
                return Find(document, Path(operation, "from")) is { } copied ? Insert(document, path, 0, copied) : null;
            case "test":
                return Find(document, path) is { } found && found.Equals(Value(operation)) ? document : null;
            default:
                throw BuiltinException.Operand(Name, 2, "contains an operation without a known op");
        }
    }

    private static RegoValue? Replace(RegoValue document, RegoValue[] path, RegoValue value) =>
        Delete(document, path, 0) is { } rest ? Insert(rest, path, 0, value) : null;

    private static RegoValue Value(RegoObject operation) =>
        operation.Member("value") ?? throw BuiltinException.Operand(Name, 2, "contains an operation without a value");

    private static RegoValue[] Path(RegoObject operation, string member) => operation.Member(member) switch
    {
        RegoString { Text: "" } => [],
        RegoString text => [.. text.Text.TrimStart('/').Split('/').Select(s => RegoValue.Of(s.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))],
        RegoArray keys => [.. keys.Items],
        _ => throw BuiltinException.Operand(Name, 2, $"contains an operation without a {member}"),
    };

    private static RegoValue? Find(RegoValue document, RegoValue[] path)
    {
        RegoValue? value = document;
        foreach (var key in path)
        {
            value = value is null ? null : Child(value, key);
        }

        return value;
    }

    private static RegoValue? Child(RegoValue node, RegoValue key) =>
        node is RegoArray array ? Index(key, array.Count - 1) is { } index ? array.Span[index] : null : node.Get(key);

    private static int? Index(RegoValue key, int last)
    {
        var text = key is RegoString s ? s.Text : (key as RegoNumber)?.Text;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= last && (text is "0" || text[0] != '0') ? index : null;
    }

    private static RegoValue? Insert(RegoValue node, RegoValue[] path, int at, RegoValue value)
    {
        if (at == path.Length)
        {
            return value;
        }

        return at == path.Length - 1 ? Put(node, path[at], value) : Change(node, path[at], child => Insert(child, path, at + 1, value));
    }

    private static RegoValue? Put(RegoValue node, RegoValue key, RegoValue value)
    {
        switch (node)
        {
            case RegoObject obj:
                return obj.With(key, value);
            case RegoSet set:
                return key.Equals(value) ? new RegoSet([.. set.Sorted, value]) : null;
            case RegoArray array when (key is RegoString { Text: "-" } ? array.Count : Index(key, array.Count)) is { } index:
                return new RegoArray([.. array.Span[..index], value, .. array.Span[index..]]);
            default:
                return null;
        }
    }

    private static RegoValue? Delete(RegoValue node, RegoValue[] path, int at)
    {
        if (at >= path.Length || Child(node, path[at]) is not { } child)
        {
            return null;
        }

        return at < path.Length - 1 ? Change(node, path[at], c => Delete(c, path, at + 1)) : node switch
        {
            RegoObject obj => RegoObject.Create(obj.Sorted.Where(m => !m.Key.Equals(path[at]))),
            RegoSet set => RegoSet.Create(set.Sorted.Where(e => !e.Equals(child))),
            RegoArray array when Index(path[at], array.Count - 1) is { } index => new RegoArray([.. array.Span[..index], .. array.Span[(index + 1)..]]),
            _ => null,
        };
    }

    private static RegoValue? Change(RegoValue node, RegoValue key, Func<RegoValue, RegoValue?> change)
    {
        if (Child(node, key) is not { } child || change(child) is not { } changed)
        {
            return null;
        }

        return node switch
        {
            RegoObject obj => obj.With(key, changed),
            RegoSet set => RegoSet.Create([.. set.Sorted.Where(e => !e.Equals(child)), changed]),
            RegoArray array when Index(key, array.Count - 1) is { } index => new RegoArray([.. array.Span[..index], changed, .. array.Span[(index + 1)..]]),
            _ => null,
        };
    }
}
