namespace Kfm.Gates.Rego.Builtins.GraphQl;

/// <summary>Executable documents (section 2.2): operations and fragments.</summary>
internal sealed class GraphQlQueryParser(string text, BuiltinContext context) : GraphQlParser(text, context)
{
    public GraphQlNode Read()
    {
        var document = new GraphQlNode(Peek);
        while (Peek.Kind != GraphQlToken.End)
        {
            switch (Peek.Kind, Peek.Value)
            {
                case (GraphQlToken.Name, "query" or "mutation" or "subscription"):
                case ("{", _):
                    document.Add("Operations", ReadOperation());
                    break;
                case (GraphQlToken.Name, "fragment"):
                    document.Add("Fragments", ReadFragment());
                    break;
                default:
                    throw Unexpected();
            }
        }

        return document;
    }

    private GraphQlNode ReadOperation()
    {
        var operation = new GraphQlNode(Peek) { ["Name"] = "", ["Operation"] = "query" };
        if (Peek.Kind != "{")
        {
            operation["Operation"] = Take().Value;
            operation["Name"] = Peek.Kind == GraphQlToken.Name ? Take().Value : "";
            ReadVariables(operation, "VariableDefinitions");
            ReadDirectives(operation, constant: false);
        }

        ReadSelections(operation);
        return operation;
    }

    private GraphQlNode ReadFragment()
    {
        ExpectKeyword("fragment");
        var fragment = new GraphQlNode(Peek) { ["Name"] = Peek.Value == "on" ? throw Unexpected() : ReadName() };
        ReadVariables(fragment, "VariableDefinition");
        ExpectKeyword("on");
        fragment["TypeCondition"] = ReadName();
        ReadDirectives(fragment, constant: false);
        ReadSelections(fragment);
        return fragment;
    }

    private void ReadVariables(GraphQlNode of, string member) => Some("(", ")", () =>
    {
        var variable = new GraphQlNode(Peek);
        Expect("$");
        variable["Variable"] = ReadName();
        variable["Used"] = false;
        Expect(":");
        variable["Type"] = ReadType();
        if (Skip("="))
        {
            variable["DefaultValue"] = ReadValue(constant: true);
        }

        ReadDirectives(variable, constant: false);
        of.Add(member, variable);
    });

    private void ReadSelections(GraphQlNode of)
    {
        if (Peek.Kind != "{")
        {
            throw Error($"Expected {{, found {Peek}");
        }

        Some("{", "}", () => of.Add("SelectionSet", Peek.Kind == "..." ? ReadSpread() : ReadField()));
    }

    private GraphQlNode ReadField()
    {
        var field = new GraphQlNode(Peek);
        var name = ReadName();
        field["Alias"] = name;
        field["Name"] = Skip(":") ? ReadName() : name;
        ReadArguments(field, constant: false);
        ReadDirectives(field, constant: false);
        if (Peek.Kind == "{")
        {
            ReadSelections(field);
        }

        return field;
    }

    private GraphQlNode ReadSpread()
    {
        Take();
        var spread = new GraphQlNode(Peek);
        if (Peek.Kind == GraphQlToken.Name && Peek.Value != "on")
        {
            spread["Name"] = ReadName();
            ReadDirectives(spread, constant: false);
            return spread;
        }

        spread["TypeCondition"] = "";
        if (Peek.Value == "on")
        {
            Take();
            spread["TypeCondition"] = ReadName();
        }

        ReadDirectives(spread, constant: false);
        ReadSelections(spread);
        return spread;
    }
}
