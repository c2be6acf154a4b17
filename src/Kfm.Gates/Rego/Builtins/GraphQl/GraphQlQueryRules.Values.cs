using System.Globalization;
using System.Numerics;

namespace Kfm.Gates.Rego.Builtins.GraphQl;

/// <summary>Arguments, directives, values and variables (5.4, 5.6, 5.7, 5.8).</summary>
internal sealed partial class GraphQlQueryRules
{
    private const int VariableKind = 0;
    private const int ListKind = 8;
    private const int ObjectKind = 9;
    private const int NullKind = 6;

    private void CheckArguments(GraphQlNode of, GraphQlNode definition, string place, string owner, bool withVariables)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var argument in of.Nodes("Arguments"))
        {
            Require(seen.Add(argument.Name), argument, $"There can be only one argument named {Quote(argument.Name)}.");
            var known = definition.Nodes("Arguments").Find(a => a.Name == argument.Name) ?? throw argument.Error($"Unknown argument {Quote(argument.Name)} {place}.");
            var value = argument.Node("Value") ?? throw argument.Error("The value of an argument is missing.");
            CheckValue(value, known.Node("Type")!, withVariables, known.Has("DefaultValue"));
        }

        foreach (var required in definition.Nodes("Arguments").Where(a => a.Node("Type")!.Flag("NonNull") && !a.Has("DefaultValue")))
        {
            Require(
                seen.Contains(required.Name),
                of,
                $"{owner} argument {Quote(required.Name)} of type {Quote(GraphQlSchema.Show(required.Node("Type")!))} is required, but it was not provided.");
        }
    }

    private void CheckDirectives(GraphQlNode of, string location, bool withVariables)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var directive in of.Nodes("Directives"))
        {
            var shown = Quote("@" + directive.Name);
            var definition = _schema.Directives.GetValueOrDefault(directive.Name) ?? throw directive.Error($"Unknown directive {shown}.");
            Require(definition.Texts("Locations").Contains(location, StringComparer.Ordinal), directive, $"Directive {shown} may not be used on {location}.");
            Require(seen.Add(directive.Name) || definition.Flag("IsRepeatable"), directive, $"The directive {shown} can only be used once at this location.");

            // A fragment is looked at once for itself, where variables are not known yet.
            CheckArguments(directive, definition, $"on directive {shown}", $"Directive {shown}", withVariables);
        }
    }

    private void CheckValue(GraphQlNode value, GraphQlNode type, bool withVariables, bool hasDefault)
    {
        _context.Spend(1);
        var kind = value.Number("Kind");
        if (kind == VariableKind)
        {
            CheckUse(value, type, withVariables, hasDefault);
        }
        else if (kind == NullKind)
        {
            Require(!type.Flag("NonNull"), value, $"Expected value of type {Quote(GraphQlSchema.Show(type))}, found null.");
        }
        else if (type.Node("Elem") is { } element)
        {
            // A single value stands for the list of it.
            foreach (var item in kind == ListKind ? value.Nodes("Children").Select(c => c.Node("Value")) : [value])
            {
                CheckValue(item ?? throw value.Error("A value is missing."), element, withVariables, hasDefault: false);
            }
        }
        else
        {
            CheckNamed(value, kind, _schema.Type(type.Text("NamedType"))!, type, withVariables);
        }
    }

    private void CheckUse(GraphQlNode value, GraphQlNode type, bool withVariables, bool hasDefault)
    {
        if (!withVariables)
        {
            return;
        }

        var name = value.Text("Raw");
        var variable = _variables.GetValueOrDefault(name)
            ?? throw value.Error($"Variable {Quote("$" + name)} is not defined{(_operation.Length > 0 ? $" by operation {Quote(_operation)}" : "")}.");
        _used.Add(name);
        var own = variable.Node("Type")!;
        var allowed = type.Flag("NonNull") && !own.Flag("NonNull")
            ? (variable.Node("DefaultValue") is { } given && given.Number("Kind") != NullKind) || hasDefault ? Fits(own, type, ignoreNull: true) : false
            : Fits(own, type, ignoreNull: false);
        Require(
            allowed, value, $"Variable {Quote("$" + name)} of type {Quote(GraphQlSchema.Show(own))} used in position expecting type {Quote(GraphQlSchema.Show(type))}.");
    }

    private static bool Fits(GraphQlNode own, GraphQlNode wanted, bool ignoreNull) =>
        (ignoreNull || !wanted.Flag("NonNull") || own.Flag("NonNull"))
        && (own.Node("Elem"), wanted.Node("Elem")) switch
        {
            ({ } one, { } other) => Fits(one, other, ignoreNull: false),
            (null, null) => own.Text("NamedType") == wanted.Text("NamedType"),
            _ => false,
        };

    private void CheckNamed(GraphQlNode value, int kind, GraphQlNode definition, GraphQlNode type, bool withVariables)
    {
        var raw = value.Text("Raw");
        switch (definition.Kind)
        {
            case "SCALAR":
                CheckScalar(value, kind, raw, definition.Name);
                break;
            case "ENUM":
                Require(
                    kind == 7 && definition.Nodes("EnumValues").Exists(v => v.Name == raw),
                    value,
                    kind == 7 ? $"Value {Quote(raw)} does not exist in {Quote(definition.Name)} enum." : $"Enum {Quote(definition.Name)} cannot represent non-enum value: {Raw(value)}.");
                break;
            case "INPUT_OBJECT":
                Require(kind == ObjectKind, value, $"Expected value of type {Quote(GraphQlSchema.Show(type))}, found {Raw(value)}.");
                CheckInputFields(value, definition, withVariables);
                break;
            default:
                throw value.Error($"Expected value of type {Quote(GraphQlSchema.Show(type))}, found {Raw(value)}.");
        }
    }

    private static void CheckScalar(GraphQlNode value, int kind, string raw, string scalar)
    {
        var holds = scalar switch
        {
            "Int" => kind == 1 && BigInteger.TryParse(raw, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= int.MinValue && number <= int.MaxValue,
            "Float" => kind is 1 or 2,
            "String" => kind is 3 or 4,
            "Boolean" => kind == 5,
            "ID" => kind is 1 or 3 or 4,
            _ => true,
        };
        var words = scalar switch
        {
            "Int" => kind == 1 ? "non 32-bit signed integer" : "non-integer",
            "Float" => "non numeric",
            "String" => "a non string",
            "Boolean" => "a non boolean",
            _ => "a non-string and non-integer",
        };
        Require(holds, value, $"{scalar} cannot represent {words} value: {Raw(value)}");
    }

    private void CheckInputFields(GraphQlNode value, GraphQlNode definition, bool withVariables)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var child in value.Nodes("Children"))
        {
            Require(seen.Add(child.Name), child, $"There can be only one input field named {Quote(child.Name)}.");
            var field = definition.Nodes("Fields").Find(f => f.Name == child.Name)
                ?? throw child.Error($"Field {Quote(child.Name)} is not defined by type {Quote(definition.Name)}.");
            CheckValue(child.Node("Value") ?? throw child.Error("A value is missing."), field.Node("Type")!, withVariables, field.Has("DefaultValue"));
        }

        foreach (var required in definition.Nodes("Fields").Where(f => f.Node("Type")!.Flag("NonNull") && !f.Has("DefaultValue")))
        {
            Require(
                seen.Contains(required.Name),
                value,
                $"Field {Quote(definition.Name + "." + required.Name)} of required type {Quote(GraphQlSchema.Show(required.Node("Type")!))} was not provided.");
        }
    }

    private static string Raw(GraphQlNode value) => value.Number("Kind") switch
    {
        3 or 4 => Quote(value.Text("Raw")),
        ListKind => "[" + string.Join(',', value.Nodes("Children").Select(c => Raw(c.Node("Value")!))) + "]",
        ObjectKind => "{" + string.Join(',', value.Nodes("Children").Select(c => c.Name + ":" + Raw(c.Node("Value")!))) + "}",
        VariableKind => "$" + value.Text("Raw"),
        _ => value.Text("Raw"),
    };
}
