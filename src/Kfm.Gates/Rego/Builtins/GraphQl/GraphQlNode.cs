namespace Kfm.Gates.Rego.Builtins.GraphQl;

/// <summary>
/// A node of a document, under the member names of the syntax tree that OPA shows: texts, flags, numbers, nodes, and lists of nodes or texts. A tree
/// that a policy passes in has the same form.
/// </summary>
internal sealed class GraphQlNode
{
    private const int MaxDepth = 500;
    private readonly Dictionary<string, object> _members = new(StringComparer.Ordinal);

    public GraphQlNode(GraphQlToken? place = null) => (Line, Column) = (place?.Line ?? 0, place?.Column ?? 0);

    public int Line { get; }

    public int Column { get; }

    public string Name => Text("Name");

    public string Kind => Text("Kind");

    public object this[string member]
    {
        set => _members[member] = value;
    }

    public static GraphQlNode FromValue(RegoObject value) => FromValue(value, 0);

    public string Text(string member) => _members.GetValueOrDefault(member) as string ?? "";

    public bool Flag(string member) => _members.GetValueOrDefault(member) is true;

    public int Number(string member) => _members.GetValueOrDefault(member) as int? ?? 0;

    public GraphQlNode? Node(string member) => _members.GetValueOrDefault(member) as GraphQlNode;

    public bool Has(string member) => _members.ContainsKey(member);

    public List<GraphQlNode> Nodes(string member) => List<GraphQlNode>(member);

    public List<string> Texts(string member) => List<string>(member);

    public void Add(string member, GraphQlNode item)
    {
        if (_members.GetValueOrDefault(member) is not List<GraphQlNode> list)
        {
            _members[member] = list = [];
        }

        list.Add(item);
    }

    public GraphQlException Error(string message) => new(message, Line, Column);

    /// <summary>The tree as a policy sees it: without empty lists and objects, and without places.</summary>
    public RegoObject ToValue()
    {
        var members = new Dictionary<RegoValue, RegoValue>();
        foreach (var (name, member) in _members)
        {
            if (ToValue(member) is { } value)
            {
                members[RegoValue.Of(name)] = value;
            }
        }

        return new RegoObject(members);
    }

    private static RegoValue? ToValue(object member) => member switch
    {
        string text => RegoValue.Of(text),
        bool flag => RegoValue.Of(flag),
        int number => RegoValue.Of(number),
        GraphQlNode node => node.ToValue() is { Count: > 0 } value ? value : null,
        List<GraphQlNode> { Count: > 0 } nodes => new RegoArray([.. nodes.Select(n => n.ToValue())]),
        List<string> { Count: > 0 } texts => new RegoArray([.. texts.Select(RegoValue.Of)]),
        _ => null,
    };

    private static GraphQlNode FromValue(RegoObject value, int depth)
    {
        var node = new GraphQlNode();
        foreach (var (key, member) in value.Sorted)
        {
            if (key is not RegoString name || depth > MaxDepth)
            {
                throw node.Error("the syntax tree is too deep, or has a member whose name is not a string");
            }

            switch (member)
            {
                case RegoString text:
                    node[name.Text] = text.Text;
                    break;
                case RegoBoolean flag:
                    node[name.Text] = flag.Value;
                    break;
                case RegoNumber number when number.TryGetInt32(out var integer):
                    node[name.Text] = integer;
                    break;
                case RegoObject inner:
                    node[name.Text] = FromValue(inner, depth + 1);
                    break;
                case RegoArray { Count: > 0 } list when list.Items.All(i => i is RegoString):
                    node[name.Text] = list.Items.Select(i => ((RegoString)i).Text).ToList();
                    break;
                case RegoArray list when list.Items.All(i => i is RegoObject):
                    node[name.Text] = list.Items.Select(i => FromValue((RegoObject)i, depth + 1)).ToList();
                    break;
                default:
                    throw node.Error($"the member '{name.Text}' of the syntax tree has a value of a wrong kind");
            }
        }

        return node;
    }

    private List<T> List<T>(string member) => _members.GetValueOrDefault(member) as List<T> ?? [];
}
