namespace Kfm.Gates.Rego.Builtins.GraphQl;

/// <summary>graphql.*: documents are texts, or syntax trees as graphql.parse_query and graphql.parse_schema give them.</summary>
internal static class GraphQlFunctions
{
    internal static void Register(Action<string, int, Builtin> add)
    {
        add("graphql.parse_query", 1, static (c, a) => Located("graphql.parse_query", () => Query(c, "graphql.parse_query", a, 0).ToValue()));
        add("graphql.parse_schema", 1, static (c, a) => Located("graphql.parse_schema", () => Schema(c, "graphql.parse_schema", a, 0).ToValue()));
        add("graphql.parse", 2, static (c, a) => Located("graphql.parse", () => Both(c, "graphql.parse", a)));
        add("graphql.parse_and_verify", 2, static (c, a) => Try(() => Both(c, "graphql.parse_and_verify", a)) is { } both
            ? new RegoArray([RegoValue.True, .. both.Items])
            : new RegoArray([RegoValue.False, RegoObject.Empty, RegoObject.Empty]));
        add("graphql.is_valid", 2, static (c, a) => RegoValue.Of(Try(() => Both(c, "graphql.is_valid", a)) is not null));
        add("graphql.schema_is_valid", 1, static (c, a) => RegoValue.Of(Try(() => GraphQlSchema.Build(Schema(c, "graphql.schema_is_valid", a, 0), c)) is not null));
    }

    private static RegoArray Both(BuiltinContext context, string builtin, RegoValue[] a)
    {
        var (query, schema) = (Query(context, builtin, a, 0), Schema(context, builtin, a, 1));
        var result = new RegoArray([query.ToValue(), schema.ToValue()]);
        GraphQlQueryRules.Check(GraphQlSchema.Build(schema, context), query, context);
        return result;
    }

    private static GraphQlNode Query(BuiltinContext context, string builtin, RegoValue[] a, int index) => a[index] switch
    {
        RegoString text => Sized(context, text) ? new GraphQlQueryParser(text.Text, context).Read() : null!,
        RegoObject tree => GraphQlNode.FromValue(tree),
        _ => throw Operand.Wrong(builtin, a, index, "one of {string, object}"),
    };

    private static GraphQlNode Schema(BuiltinContext context, string builtin, RegoValue[] a, int index) => a[index] switch
    {
        RegoString text => Sized(context, text) ? new GraphQlSchemaParser(text.Text, context).Read() : null!,
        RegoObject tree => GraphQlNode.FromValue(tree),
        _ => throw Operand.Wrong(builtin, a, index, "one of {string, object}"),
    };

    private static bool Sized(BuiltinContext context, RegoString text)
    {
        context.CheckSize(text.Text.Length);
        return true;
    }

    private static T Located<T>(string builtin, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (GraphQlException e)
        {
            throw BuiltinException.Failed(
                builtin, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Sentence(e.Message)} in GraphQL string at location {e.Line}:{e.Column}"));
        }
    }

    // A full stop goes, a spread stays.
    private static string Sentence(string message) => message.EndsWith('.') && !message.EndsWith("...", StringComparison.Ordinal) ? message[..^1] : message;

    private static T? Try<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is GraphQlException or BuiltinException { Halts: false })
        {
            return null;
        }
    }
}
