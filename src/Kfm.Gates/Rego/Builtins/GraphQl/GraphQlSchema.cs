namespace Kfm.Gates.Rego.Builtins.GraphQl;

/// <summary>A schema: types and directives by name, with those that every schema has; valid once it is built.</summary>
internal sealed class GraphQlSchema
{
    private static readonly string[] Extended = ["Directives", "Interfaces", "Fields", "Types", "EnumValues"];
    private readonly Dictionary<string, HashSet<string>> _possible = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GraphQlNode> _roots = new(StringComparer.Ordinal);

    private GraphQlSchema(GraphQlNode prelude, GraphQlNode document)
    {
        foreach (var definition in prelude.Nodes("Definitions").Concat(document.Nodes("Definitions")))
        {
            if (!Types.TryAdd(definition.Name, definition))
            {
                throw definition.Error($"Cannot redeclare type {definition.Name}.");
            }
        }

        foreach (var extension in document.Nodes("Extensions"))
        {
            Extend(extension);
        }

        foreach (var directive in prelude.Nodes("Directives").Concat(document.Nodes("Directives")))
        {
            if (!Directives.TryAdd(directive.Name, directive))
            {
                throw directive.Error($"Cannot redeclare directive {directive.Name}.");
            }
        }

        AddPossibleTypes();
        AddRoots(document);
    }

    public Dictionary<string, GraphQlNode> Types { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, GraphQlNode> Directives { get; } = new(StringComparer.Ordinal);

    /// <exception cref="GraphQlException">The schema is not valid.</exception>
    public static GraphQlSchema Build(GraphQlNode document, BuiltinContext context)
    {
        var schema = new GraphQlSchema(new GraphQlSchemaParser(GraphQlPrelude.Text, context, builtIn: true).Read(), document);
        GraphQlSchemaRules.Check(schema);
        return schema;
    }

    public GraphQlNode? Type(string name) => Types.GetValueOrDefault(name);

    /// <summary>The type behind lists and non-nulls.</summary>
    public GraphQlNode? TypeOf(GraphQlNode type) => Type(InnerName(type));

    public static string InnerName(GraphQlNode type)
    {
        while (type.Node("Elem") is { } element)
        {
            type = element;
        }

        return type.Text("NamedType");
    }

    public static string Show(GraphQlNode type) =>
        (type.Node("Elem") is { } element ? $"[{Show(element)}]" : type.Text("NamedType")) + (type.Flag("NonNull") ? "!" : "");

    /// <summary>The root type of an operation; null when the schema has none.</summary>
    public GraphQlNode? Root(string operation) => _roots.GetValueOrDefault(operation);

    /// <summary>The object types that a value of the type may have.</summary>
    public IReadOnlySet<string> Possible(string type) => _possible.TryGetValue(type, out var types) ? types : new HashSet<string>(StringComparer.Ordinal);

    public static bool IsInput(GraphQlNode type) => type.Kind is "SCALAR" or "ENUM" or "INPUT_OBJECT";

    public static bool IsLeaf(GraphQlNode type) => type.Kind is "SCALAR" or "ENUM";

    public static bool IsComposite(GraphQlNode type) => type.Kind is "OBJECT" or "INTERFACE" or "UNION";

    private void Extend(GraphQlNode extension)
    {
        if (!Types.TryGetValue(extension.Name, out var definition))
        {
            Types[extension.Name] = definition = new GraphQlNode { ["BuiltIn"] = false, ["Kind"] = extension.Kind, ["Name"] = extension.Name };
        }

        if (definition.Kind != extension.Kind)
        {
            throw extension.Error($"Cannot extend type {extension.Name} because the base type is a {definition.Kind}, not {extension.Kind}.");
        }

        foreach (var member in Extended)
        {
            foreach (var item in extension.Nodes(member))
            {
                definition.Add(member, item);
            }

            if (extension.Texts(member) is { Count: > 0 } names)
            {
                definition[member] = definition.Texts(member).Concat(names).ToList();
            }
        }
    }

    private void AddPossibleTypes()
    {
        void Add(string type, string possible)
        {
            _possible.TryAdd(type, new(StringComparer.Ordinal));
            _possible[type].Add(possible);
        }

        foreach (var type in Types.Values)
        {
            foreach (var member in type.Kind == "UNION" ? type.Texts("Types") : [])
            {
                Add(type.Name, member);
            }

            if (type.Kind == "OBJECT")
            {
                Add(type.Name, type.Name);
                type.Texts("Interfaces").ForEach(i => Add(i, type.Name));
            }
        }
    }

    private void AddRoots(GraphQlNode document)
    {
        if (document.Nodes("Schema") is [_, var second, ..])
        {
            throw second.Error("Cannot have multiple schema entry points, consider schema extensions instead.");
        }

        foreach (var entry in document.Nodes("Schema").Concat(document.Nodes("SchemaExtension")).SelectMany(s => s.Nodes("OperationTypes")))
        {
            var (operation, type) = (entry.Text("Operation"), entry.Text("Type"));
            _roots[operation] = Type(type) ?? throw entry.Error($"Schema root {operation} refers to a type {type} that does not exist.");
        }

        foreach (var (operation, name) in new[] { ("query", "Query"), ("mutation", "Mutation"), ("subscription", "Subscription") })
        {
            if (Type(name) is { } type)
            {
                _roots.TryAdd(operation, type);
            }
        }
    }
}
