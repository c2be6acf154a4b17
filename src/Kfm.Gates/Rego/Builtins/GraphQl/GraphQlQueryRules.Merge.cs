namespace Kfm.Gates.Rego.Builtins.GraphQl;

/// <summary>Fields of one response name must be able to be merged (5.3.2).</summary>
internal sealed partial class GraphQlQueryRules
{
    private void CheckMerge(List<GraphQlNode> selections, GraphQlNode parent, int depth)
    {
        Require(depth < 200, _document, "the document is too deep");
        var fields = Fields(selections, parent, []);
        foreach (var same in fields.GroupBy(f => f.Node.Text("Alias"), StringComparer.Ordinal))
        {
            var group = same.ToList();
            for (var i = 1; i < group.Count; i++)
            {
                CheckPair(same.Key, group[0], group[i]);
                _context.Spend(1);
            }

            var first = group[0];
            if (FieldOf(first.Parent, first.Node.Name) is { } definition && _schema.TypeOf(definition.Node("Type")!) is { } type && GraphQlSchema.IsComposite(type))
            {
                CheckMerge([.. group.SelectMany(f => f.Node.Nodes("SelectionSet"))], type, depth + 1);
            }
        }
    }

    private void CheckPair(string alias, (GraphQlNode Node, GraphQlNode Parent) one, (GraphQlNode Node, GraphQlNode Parent) other)
    {
        var begin = $"Fields {Quote(alias)} conflict because ";
        const string Advice = ". Use different aliases on the fields to fetch both if this was intentional.";
        var exclusive = one.Parent.Name != other.Parent.Name && one.Parent.Kind == "OBJECT" && other.Parent.Kind == "OBJECT";
        if (!exclusive)
        {
            Require(one.Node.Name == other.Node.Name, one.Node, $"{begin}{Quote(one.Node.Name)} and {Quote(other.Node.Name)} are different fields{Advice}");
            Require(Arguments(one.Node) == Arguments(other.Node), one.Node, begin + "they have differing arguments" + Advice);
        }

        var (left, right) = (FieldOf(one.Parent, one.Node.Name)?.Node("Type"), FieldOf(other.Parent, other.Node.Name)?.Node("Type"));
        if (left is not null && right is not null)
        {
            Require(
                SameShape(left, right), one.Node, $"{begin}they return conflicting types {Quote(GraphQlSchema.Show(left))} and {Quote(GraphQlSchema.Show(right))}{Advice}");
        }
    }

    private bool SameShape(GraphQlNode left, GraphQlNode right)
    {
        if (left.Flag("NonNull") != right.Flag("NonNull") || (left.Node("Elem") is null) != (right.Node("Elem") is null))
        {
            return false;
        }

        if (left.Node("Elem") is { } one && right.Node("Elem") is { } other)
        {
            return SameShape(one, other);
        }

        var (a, b) = (_schema.TypeOf(left)!, _schema.TypeOf(right)!);
        return a.Name == b.Name || (!GraphQlSchema.IsLeaf(a) && !GraphQlSchema.IsLeaf(b));
    }

    private static string Arguments(GraphQlNode field) =>
        string.Join('\n', field.Nodes("Arguments").Select(a => a.Name + ":" + Raw(a.Node("Value")!)).Order(StringComparer.Ordinal));

    /// <summary>The fields of a selection set with the types that they are asked of, through fragments.</summary>
    private List<(GraphQlNode Node, GraphQlNode Parent)> Fields(List<GraphQlNode> selections, GraphQlNode parent, HashSet<string> spread)
    {
        List<(GraphQlNode Node, GraphQlNode Parent)> fields = [];
        foreach (var selection in selections)
        {
            _context.Spend(1);
            if (selection.Has("Alias"))
            {
                fields.Add((selection, parent));
            }
            else if (!IsSpread(selection))
            {
                fields.AddRange(Fields(selection.Nodes("SelectionSet"), _schema.Type(selection.Text("TypeCondition")) ?? parent, spread));
            }
            else if (spread.Add(selection.Name) && _fragments.TryGetValue(selection.Name, out var fragment))
            {
                fields.AddRange(Fields(fragment.Nodes("SelectionSet"), _schema.Type(fragment.Text("TypeCondition")) ?? parent, spread));
            }
        }

        return fields;
    }
}
