namespace Kfm.Gates.Rego.Builtins.GraphQl;

/// <summary>Validation of executable documents (section 5); the first thing that is wrong is thrown.</summary>
internal sealed partial class GraphQlQueryRules
{
    private readonly GraphQlSchema _schema;
    private readonly BuiltinContext _context;
    private readonly GraphQlNode _document;
    private readonly Dictionary<string, GraphQlNode> _fragments = new(StringComparer.Ordinal);
    private Dictionary<string, GraphQlNode> _variables = new(StringComparer.Ordinal);
    private HashSet<string> _used = new(StringComparer.Ordinal);
    private HashSet<string> _visited = new(StringComparer.Ordinal);
    private string _operation = "";

    private GraphQlQueryRules(GraphQlSchema schema, GraphQlNode document, BuiltinContext context) =>
        (_schema, _document, _context) = (schema, document, context);

    /// <exception cref="GraphQlException">The document is not valid against the schema.</exception>
    public static void Check(GraphQlSchema schema, GraphQlNode document, BuiltinContext context) => new GraphQlQueryRules(schema, document, context).Check();

    private static void Require(bool holds, GraphQlNode node, string message)
    {
        if (!holds)
        {
            throw node.Error(message);
        }
    }

    private static string Quote(string text) => GoQuote.Quote(text);

    private void Check()
    {
        var (operations, fragments) = (_document.Nodes("Operations"), _document.Nodes("Fragments"));
        foreach (var fragment in fragments)
        {
            Require(_fragments.TryAdd(fragment.Name, fragment), fragment, $"There can be only one fragment named {Quote(fragment.Name)}.");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in operations)
        {
            Require(operation.Name.Length > 0 || operations.Count == 1, operation, "This anonymous operation must be the only defined operation.");
            Require(names.Add(operation.Name), operation, $"There can be only one operation named {Quote(operation.Name)}.");
        }

        fragments.ForEach(CheckFragment);
        var reached = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in operations)
        {
            CheckOperation(operation);
            reached.UnionWith(_visited);
        }

        fragments.ForEach(f => Require(reached.Contains(f.Name), f, $"Fragment {Quote(f.Name)} is never used."));
    }

    private void CheckFragment(GraphQlNode fragment)
    {
        var condition = fragment.Text("TypeCondition");
        var type = _schema.Type(condition) ?? throw fragment.Error($"Unknown type {Quote(condition)}.");
        Require(GraphQlSchema.IsComposite(type), fragment, $"Fragment {Quote(fragment.Name)} cannot condition on non composite type {Quote(condition)}.");
        CheckCycles(fragment.Name, fragment, []);
        CheckDirectives(fragment, "FRAGMENT_DEFINITION", withVariables: false);
        CheckSelections(fragment, type, withVariables: false, depth: 0);
    }

    private void CheckCycles(string start, GraphQlNode at, HashSet<string> seen)
    {
        foreach (var selection in at.Nodes("SelectionSet"))
        {
            _context.Spend(1);
            if (!IsSpread(selection))
            {
                CheckCycles(start, selection, seen);
                continue;
            }

            Require(selection.Name != start, selection, $"Cannot spread fragment {Quote(start)} within itself.");
            if (seen.Add(selection.Name) && _fragments.TryGetValue(selection.Name, out var fragment))
            {
                CheckCycles(start, fragment, seen);
            }
        }
    }

    private void CheckOperation(GraphQlNode operation)
    {
        _operation = operation.Name;
        (_variables, _used, _visited) = (new(StringComparer.Ordinal), new(StringComparer.Ordinal), new(StringComparer.Ordinal));
        var kind = operation.Text("Operation");
        var root = _schema.Root(kind) ?? throw operation.Error($"Schema does not support operation type {Quote(kind)}");
        foreach (var variable in operation.Nodes("VariableDefinitions"))
        {
            CheckVariable(variable);
        }

        CheckDirectives(operation, kind.ToUpperInvariant(), withVariables: true);
        CheckSelections(operation, root, withVariables: true, depth: 0);
        CheckMerge(operation.Nodes("SelectionSet"), root, 0);
        if (kind == "subscription")
        {
            var fields = Fields(operation.Nodes("SelectionSet"), root, []).Select(f => f.Node.Text("Alias")).Distinct(StringComparer.Ordinal).Count();
            Require(fields == 1, operation, $"{(operation.Name.Length > 0 ? $"Subscription {Quote(operation.Name)}" : "Anonymous Subscription")} must select only one top level field.");
        }

        foreach (var variable in operation.Nodes("VariableDefinitions"))
        {
            var name = variable.Text("Variable");
            Require(_used.Contains(name), variable, $"Variable {Quote("$" + name)} is never used{InOperation()}.");
        }
    }

    private string InOperation() => _operation.Length > 0 ? $" in operation {Quote(_operation)}" : "";

    private void CheckVariable(GraphQlNode variable)
    {
        var (name, type) = (variable.Text("Variable"), variable.Node("Type") ?? throw variable.Error("The type of a variable is missing."));
        Require(_variables.TryAdd(name, variable), variable, $"There can be only one variable named {Quote("$" + name)}.");
        var definition = _schema.TypeOf(type) ?? throw type.Error($"Unknown type {Quote(GraphQlSchema.InnerName(type))}.");
        Require(GraphQlSchema.IsInput(definition), variable, $"Variable {Quote("$" + name)} cannot be non-input type {Quote(GraphQlSchema.Show(type))}.");
        CheckDirectives(variable, "VARIABLE_DEFINITION", withVariables: false);
        if (variable.Node("DefaultValue") is { } value)
        {
            CheckValue(value, type, withVariables: false, hasDefault: false);
        }
    }

    private void CheckSelections(GraphQlNode of, GraphQlNode type, bool withVariables, int depth)
    {
        Require(depth < 200, of, "the document is too deep");
        foreach (var selection in of.Nodes("SelectionSet"))
        {
            _context.Spend(1);
            if (selection.Has("Alias"))
            {
                CheckField(selection, type, withVariables, depth);
            }
            else if (IsSpread(selection))
            {
                CheckSpread(selection, type, withVariables, depth);
            }
            else
            {
                CheckInline(selection, type, withVariables, depth);
            }
        }
    }

    private void CheckField(GraphQlNode field, GraphQlNode parent, bool withVariables, int depth)
    {
        if (FieldOf(parent, field.Name) is not { } definition)
        {
            throw field.Error($"Cannot query field {Quote(field.Name)} on type {Quote(parent.Name)}.");
        }

        CheckArguments(field, definition, $"on field {Quote(parent.Name + "." + field.Name)}", $"Field {Quote(field.Name)}", withVariables);
        CheckDirectives(field, "FIELD", withVariables);
        var type = _schema.TypeOf(definition.Node("Type")!)!;
        var (shown, selected) = (Quote(GraphQlSchema.Show(definition.Node("Type")!)), field.Nodes("SelectionSet").Count > 0);
        Require(!GraphQlSchema.IsLeaf(type) || !selected, field, $"Field {Quote(field.Name)} must not have a selection since type {Quote(type.Name)} has no subfields.");
        Require(GraphQlSchema.IsLeaf(type) || selected, field, $"Field {Quote(field.Name)} of type {shown} must have a selection of subfields.");
        CheckSelections(field, type, withVariables, depth + 1);
    }

    private void CheckSpread(GraphQlNode spread, GraphQlNode parent, bool withVariables, int depth)
    {
        var fragment = _fragments.GetValueOrDefault(spread.Name) ?? throw spread.Error($"Unknown fragment {Quote(spread.Name)}.");
        var type = _schema.Type(fragment.Text("TypeCondition"))!;
        Require(
            Overlaps(parent, type), spread, $"Fragment {Quote(spread.Name)} cannot be spread here as objects of type {Quote(parent.Name)} can never be of type {Quote(type.Name)}.");
        CheckDirectives(spread, "FRAGMENT_SPREAD", withVariables);
        if (withVariables && _visited.Add(spread.Name))
        {
            CheckSelections(fragment, type, withVariables, depth + 1);
            CheckDirectives(fragment, "FRAGMENT_DEFINITION", withVariables);
        }
    }

    private void CheckInline(GraphQlNode inline, GraphQlNode parent, bool withVariables, int depth)
    {
        var condition = inline.Text("TypeCondition");
        var type = condition.Length == 0 ? parent : _schema.Type(condition) ?? throw inline.Error($"Unknown type {Quote(condition)}.");
        Require(GraphQlSchema.IsComposite(type), inline, $"Fragment cannot condition on non composite type {Quote(condition)}.");
        Require(Overlaps(parent, type), inline, $"Fragment cannot be spread here as objects of type {Quote(parent.Name)} can never be of type {Quote(type.Name)}.");
        CheckDirectives(inline, "INLINE_FRAGMENT", withVariables);
        CheckSelections(inline, type, withVariables, depth + 1);
    }

    private bool Overlaps(GraphQlNode one, GraphQlNode other) =>
        one.Name == other.Name || !GraphQlSchema.IsComposite(one) || _schema.Possible(one.Name).Overlaps(_schema.Possible(other.Name));

    private static bool IsSpread(GraphQlNode selection) => !selection.Has("Alias") && !selection.Has("TypeCondition") && !selection.Has("SelectionSet");

    private GraphQlNode? FieldOf(GraphQlNode parent, string name)
    {
        static GraphQlNode Named(string type, bool nonNull) => new() { ["NamedType"] = type, ["NonNull"] = nonNull };
        if (name == "__typename" && GraphQlSchema.IsComposite(parent))
        {
            return new GraphQlNode { ["Name"] = name, ["Type"] = Named("String", true) };
        }

        if (ReferenceEquals(parent, _schema.Root("query")) && name is "__schema" or "__type")
        {
            var field = new GraphQlNode { ["Name"] = name, ["Type"] = Named(name == "__schema" ? "__Schema" : "__Type", name == "__schema") };
            if (name == "__type")
            {
                field.Add("Arguments", new GraphQlNode { ["Name"] = "name", ["Type"] = Named("String", true) });
            }

            return field;
        }

        return parent.Kind is "OBJECT" or "INTERFACE" ? parent.Nodes("Fields").Find(f => f.Name == name) : null;
    }
}
