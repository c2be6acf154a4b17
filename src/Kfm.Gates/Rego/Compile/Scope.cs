using System.Globalization;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile;

/// <summary>How a variable came to be declared.</summary>
internal enum Declaration
{
    Argument,
    Assigned,
    Declared,
}

/// <summary>The variables that a body declares. Declared names get a unique suffix after a number sign.</summary>
internal sealed class Scope(Scope? parent)
{
    private readonly Dictionary<string, Declared> _declared = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly List<Declared> _order = [];

    internal IEnumerable<(string Name, Declaration How, Location Place)> Unused => _order.Where(d => !_used.Contains(d.Name)).Select(d => (d.Name, d.How, d.Place));

    /// <summary>The name as the source has it.</summary>
    internal static string SourceName(string unique) => unique.Split('#')[0] is var name && name.StartsWith('$') ? "_" : name;

    internal string? Find(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope._declared.TryGetValue(name, out var found))
            {
                scope._used.Add(name);
                return found.Unique;
            }
        }

        return null;
    }

    internal void See(string name) => _seen.Add(name);

    internal VarTerm Declare(VarTerm variable, Declaration how, Location? place, ref int counter, List<RegoError> errors)
    {
        var name = variable.Name;
        if (variable.IsWildcard)
        {
            return variable;
        }

        if (_declared.TryGetValue(name, out var earlier) && earlier.How != Declaration.Argument)
        {
            var verb = earlier.How == Declaration.Assigned ? "assigned" : "declared";
            errors.Add((how == Declaration.Declared ? place ?? variable.Location : variable.Location).Error("rego_compile_error", $"var {name} {verb} above"));
        }
        else if (_seen.Contains(name))
        {
            errors.Add((how == Declaration.Declared ? place ?? variable.Location : variable.Location).Error("rego_compile_error", $"var {name} referenced above"));
        }

        var unique = name + "#" + (counter++).ToString(CultureInfo.InvariantCulture);
        var declared = new Declared(name, unique, how, place ?? variable.Location);
        _declared[name] = declared;
        _order.Add(declared);
        return new VarTerm(variable.Location, unique);
    }

    private Scope? Parent { get; } = parent;

    /// <summary>A class, because collections of tuples are compiled anew in every process.</summary>
    private sealed record Declared(string Name, string Unique, Declaration How, Location Place);
}
