namespace Kfm.Gates.Rego.Builtins.GraphQl;

/// <summary>Type system documents (section 3): definitions and extensions.</summary>
internal sealed class GraphQlSchemaParser(string text, BuiltinContext context, bool builtIn = false) : GraphQlParser(text, context)
{
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["scalar"] = "SCALAR",
        ["type"] = "OBJECT",
        ["interface"] = "INTERFACE",
        ["union"] = "UNION",
        ["enum"] = "ENUM",
        ["input"] = "INPUT_OBJECT",
    };

    private static readonly string[] Locations =
    [
        "QUERY", "MUTATION", "SUBSCRIPTION", "FIELD", "FRAGMENT_DEFINITION", "FRAGMENT_SPREAD", "INLINE_FRAGMENT", "VARIABLE_DEFINITION", "SCHEMA", "SCALAR",
        "OBJECT", "FIELD_DEFINITION", "ARGUMENT_DEFINITION", "INTERFACE", "UNION", "ENUM", "ENUM_VALUE", "INPUT_OBJECT", "INPUT_FIELD_DEFINITION",
    ];

    public GraphQlNode Read()
    {
        var document = new GraphQlNode(Peek);
        while (Peek.Kind != GraphQlToken.End)
        {
            var (first, described) = (Peek, Peek.Kind is GraphQlToken.String or GraphQlToken.BlockString);
            var description = ReadDescription();
            switch (Peek.Kind == GraphQlToken.Name ? Peek.Value : throw Unexpected())
            {
                case "schema":
                    document.Add("Schema", ReadSchema(description));
                    break;
                case "directive":
                    document.Add("Directives", ReadDirective(description));
                    break;
                case "extend" when described:
                    throw Unexpected(first);
                case "extend":
                    ReadExtension(document);
                    break;
                case var word when Kinds.ContainsKey(word):
                    document.Add("Definitions", ReadDefinition(description));
                    break;
                default:
                    throw Unexpected();
            }
        }

        return document;
    }

    private string ReadDescription() => Peek.Kind is GraphQlToken.String or GraphQlToken.BlockString ? Take().Value : "";

    private void ReadExtension(GraphQlNode document)
    {
        Take();
        if (Peek.Kind == GraphQlToken.Name && Peek.Value == "schema")
        {
            var schema = ReadSchema("");
            document.Add("SchemaExtension", schema.Has("Directives") || schema.Has("OperationTypes") ? schema : throw Unexpected());
        }
        else if (Peek.Kind == GraphQlToken.Name && Kinds.ContainsKey(Peek.Value))
        {
            var extension = ReadDefinition("");
            document.Add("Extensions", Array.Exists(["Directives", "Interfaces", "Fields", "Types", "EnumValues"], extension.Has) ? extension : throw Unexpected());
        }
        else
        {
            throw Unexpected();
        }
    }

    private GraphQlNode ReadSchema(string description)
    {
        Take();
        var schema = new GraphQlNode(Peek) { ["Description"] = description };
        ReadDirectives(schema, constant: true);
        Some("{", "}", () =>
        {
            var operation = new GraphQlNode(Peek)
            {
                ["Operation"] = Peek.Value is "query" or "mutation" or "subscription" && Peek.Kind == GraphQlToken.Name ? Take().Value : throw Unexpected(),
            };
            Expect(":");
            operation["Type"] = ReadName();
            schema.Add("OperationTypes", operation);
        });
        return schema;
    }

    private GraphQlNode ReadDefinition(string description)
    {
        var kind = Kinds[Take().Value];
        var definition = new GraphQlNode(Peek) { ["BuiltIn"] = builtIn, ["Description"] = description, ["Kind"] = kind, ["Name"] = ReadName() };
        if (kind is "OBJECT" or "INTERFACE" && Peek.Value == "implements")
        {
            Take();
            Skip("&");
            definition["Interfaces"] = ReadNames("&");
        }

        ReadDirectives(definition, constant: true);
        switch (kind)
        {
            case "OBJECT" or "INTERFACE":
                Some("{", "}", () => definition.Add("Fields", ReadField()));
                break;
            case "INPUT_OBJECT":
                Some("{", "}", () => definition.Add("Fields", ReadInput()));
                break;
            case "UNION" when Skip("="):
                Skip("|");
                definition["Types"] = ReadNames("|");
                break;
            case "ENUM":
                Some("{", "}", () => definition.Add("EnumValues", ReadEnumValue()));
                break;
            default:
                break;
        }

        return definition;
    }

    private List<string> ReadNames(string separator)
    {
        List<string> names = [ReadName()];
        while (Skip(separator))
        {
            names.Add(ReadName());
        }

        return names;
    }

    private GraphQlNode ReadEnumValue()
    {
        var value = new GraphQlNode(Peek) { ["Description"] = ReadDescription() };
        value["Name"] = ReadName();
        ReadDirectives(value, constant: true);
        return value;
    }

    private GraphQlNode ReadField()
    {
        var field = new GraphQlNode(Peek) { ["Description"] = ReadDescription() };
        field["Name"] = ReadName();
        Some("(", ")", () => field.Add("Arguments", ReadInput()));
        Expect(":");
        field["Type"] = ReadType();
        ReadDirectives(field, constant: true);
        return field;
    }

    /// <summary>An argument, or a field of an input object.</summary>
    private GraphQlNode ReadInput()
    {
        var input = new GraphQlNode(Peek) { ["Description"] = ReadDescription() };
        input["Name"] = ReadName();
        Expect(":");
        input["Type"] = ReadType();
        if (Skip("="))
        {
            input["DefaultValue"] = ReadValue(constant: true);
        }

        ReadDirectives(input, constant: true);
        return input;
    }

    private GraphQlNode ReadDirective(string description)
    {
        Take();
        Expect("@");
        var directive = new GraphQlNode(Peek) { ["Description"] = description, ["Name"] = ReadName() };
        Some("(", ")", () => directive.Add("Arguments", ReadInput()));
        directive["IsRepeatable"] = Peek.Kind == GraphQlToken.Name && Peek.Value == "repeatable";
        if (directive.Flag("IsRepeatable"))
        {
            Take();
        }

        ExpectKeyword("on");
        Skip("|");
        List<string> locations = [];
        do
        {
            var place = Expect(GraphQlToken.Name);
            locations.Add(Locations.Contains(place.Value, StringComparer.Ordinal) ? place.Value : throw Unexpected(place));
        }
        while (Skip("|"));
        directive["Locations"] = locations;
        return directive;
    }
}
