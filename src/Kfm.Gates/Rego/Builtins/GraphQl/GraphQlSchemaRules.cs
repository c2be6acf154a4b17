namespace Kfm.Gates.Rego.Builtins.GraphQl;

/// <summary>What the type system asks of a schema (section 3).</summary>
internal static class GraphQlSchemaRules
{
    public static void Check(GraphQlSchema schema)
    {
        foreach (var type in schema.Types.Values)
        {
            CheckType(schema, type);
        }

        foreach (var directive in schema.Directives.Values)
        {
            CheckName(directive);
            CheckArguments(schema, directive, directive.Name);
        }
    }

    private static void CheckType(GraphQlSchema schema, GraphQlNode type)
    {
        foreach (var field in type.Nodes("Fields"))
        {
            CheckName(field);
            CheckReference(schema, field);
            CheckArguments(schema, field, null);
            CheckDirectives(schema, field, type.Kind == "INPUT_OBJECT" ? "INPUT_FIELD_DEFINITION" : "FIELD_DEFINITION", null);
        }

        foreach (var member in type.Texts("Types"))
        {
            var kind = schema.Type(member)?.Kind ?? throw type.Error($"Undefined type {GoQuote.Quote(member)}.");
            Require(kind == "OBJECT", type, $"{type.Kind} type {GoQuote.Quote(member)} must be OBJECT.");
        }

        type.Texts("Interfaces").ForEach(i => CheckImplements(schema, type, i));
        CheckMembers(schema, type);
        if (!type.Flag("BuiltIn"))
        {
            CheckName(type);
        }

        foreach (var value in type.Nodes("EnumValues"))
        {
            CheckDirectives(schema, value, "ENUM_VALUE", null);
        }

        CheckDirectives(schema, type, type.Kind, null);
    }

    private static void CheckMembers(GraphQlSchema schema, GraphQlNode type)
    {
        var fields = type.Nodes("Fields");
        switch (type.Kind)
        {
            case "OBJECT" or "INTERFACE":
                Require(fields.Count > 0, type, $"{type.Kind} must define one or more fields.");
                fields.ForEach(f => Require(
                    schema.TypeOf(f.Node("Type")!)!.Kind != "INPUT_OBJECT", f, $"{type.Kind} field must be one of SCALAR, OBJECT, INTERFACE, UNION, ENUM."));
                break;
            case "ENUM":
                Require(type.Nodes("EnumValues").Count > 0, type, "ENUM must define one or more unique enum values.");
                break;
            case "INPUT_OBJECT":
                Require(fields.Count > 0, type, "INPUT_OBJECT must define one or more input fields.");
                fields.ForEach(f => Require(GraphQlSchema.IsInput(schema.TypeOf(f.Node("Type")!)!), f, "INPUT_OBJECT field must be one of SCALAR, ENUM, INPUT_OBJECT."));
                break;
            default:
                break;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        fields.ForEach(f => Require(seen.Add(f.Name), f, $"Field {type.Name}.{f.Name} can only be defined once."));
    }

    private static void CheckArguments(GraphQlSchema schema, GraphQlNode of, string? directive)
    {
        foreach (var argument in of.Nodes("Arguments"))
        {
            CheckName(argument);
            CheckReference(schema, argument);
            var (type, definition) = (argument.Node("Type")!, schema.TypeOf(argument.Node("Type")!)!);
            Require(
                GraphQlSchema.IsInput(definition), argument, $"cannot use {GraphQlSchema.Show(type)} as argument {argument.Name} because {definition.Kind} is not a valid input type");
            CheckDirectives(schema, argument, "ARGUMENT_DEFINITION", directive);
        }
    }

    private static void CheckDirectives(GraphQlSchema schema, GraphQlNode of, string location, string? within)
    {
        foreach (var directive in of.Nodes("Directives"))
        {
            CheckName(directive);
            Require(directive.Name != within, directive, $"Directive {within} cannot refer to itself.");
            var definition = schema.Directives.GetValueOrDefault(directive.Name) ?? throw directive.Error($"Undefined directive {directive.Name}.");
            Require(definition.Texts("Locations").Contains(location, StringComparer.Ordinal), directive, $"Directive {directive.Name} is not applicable on {location}.");
        }
    }

    private static void CheckImplements(GraphQlSchema schema, GraphQlNode type, string name)
    {
        var contract = schema.Type(name) ?? throw type.Error($"Undefined type {GoQuote.Quote(name)}.");
        Require(contract.Kind == "INTERFACE", type, $"{GoQuote.Quote(name)} is a non interface type {contract.Kind}.");
        foreach (var required in contract.Nodes("Fields"))
        {
            var begin = $"For {type.Name} to implement {name} ";
            var found = type.Nodes("Fields").Find(f => f.Name == required.Name) ?? throw type.Error(begin + $"it must have a field called {required.Name}.");
            var wanted = required.Node("Type")!;
            Require(IsCovariant(schema, wanted, found.Node("Type")!), found, begin + $"the field {required.Name} must have type {GraphQlSchema.Show(wanted)}.");
            CheckSameArguments(begin, required, found);
        }
    }

    private static void CheckSameArguments(string begin, GraphQlNode required, GraphQlNode found)
    {
        foreach (var wanted in required.Nodes("Arguments"))
        {
            begin += $"the field {required.Name} must have the same arguments but ";
            var argument = found.Nodes("Arguments").Find(a => a.Name == wanted.Name) ?? throw found.Error(begin + $"it is missing {wanted.Name}.");
            Require(GraphQlSchema.Show(wanted.Node("Type")!) == GraphQlSchema.Show(argument.Node("Type")!), argument, begin + $"{wanted.Name} has the wrong type.");
        }

        foreach (var more in found.Nodes("Arguments").Where(a => !required.Nodes("Arguments").Exists(r => r.Name == a.Name)))
        {
            Require(
                !more.Node("Type")!.Flag("NonNull") || more.Has("DefaultValue"),
                more,
                begin + $"any additional arguments on {found.Name} must be optional or have a default value but {more.Name} is required.");
        }
    }

    private static bool IsCovariant(GraphQlSchema schema, GraphQlNode required, GraphQlNode actual)
    {
        if (required.Flag("NonNull") && !actual.Flag("NonNull"))
        {
            return false;
        }

        return (required.Node("Elem"), actual.Node("Elem")) switch
        {
            ({ } wanted, { } found) => IsCovariant(schema, wanted, found),
            (null, null) => required.Text("NamedType") == actual.Text("NamedType") || schema.Possible(required.Text("NamedType")).Contains(actual.Text("NamedType")),
            _ => false,
        };
    }

    private static void CheckReference(GraphQlSchema schema, GraphQlNode of)
    {
        var type = of.Node("Type") ?? throw of.Error($"The type of {of.Name} is missing.");
        Require(schema.TypeOf(type) is not null, type, $"Undefined type {GraphQlSchema.InnerName(type)}.");
    }

    private static void CheckName(GraphQlNode node) => Require(
        !node.Name.StartsWith("__", StringComparison.Ordinal), node, $"Name \"{node.Name}\" must not begin with \"__\", which is reserved by GraphQL introspection.");

    private static void Require(bool holds, GraphQlNode node, string message)
    {
        if (!holds)
        {
            throw node.Error(message);
        }
    }
}
