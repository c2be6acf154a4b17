namespace Kfm.Gates.Rego.Syntax;

/// <summary>A head while it is being read; what it means depends on the version and on what follows it.</summary>
internal sealed class HeadDraft(Location location, string name)
{
    internal Location Location { get; } = location;

    internal Term[] Path { get; set; } = [];

    internal Term[]? Arguments { get; set; }

    internal bool Contains { get; set; }

    internal Term? Element { get; set; }

    internal bool Assigns { get; set; }

    internal Term? Value { get; set; }

    /// <summary>The reference as errors show it.</summary>
    internal string Text => Compile.ReferenceText.Of(new RefTerm(Location, new VarTerm(Location, name), Path));

    internal string ValueHint(bool isDefault) => this switch
    {
        { Assigns: false } => $"expected rule value term (e.g., {Text}[<nil>] = <VALUE> {{ ... }})",
        { Arguments.Length: > 0 } => $"expected function value term (e.g., {Text}(...) := <VALUE> {{ ... }})",
        _ when isDefault => $"expected default rule value term (e.g., default {Text} := <VALUE>)",
        _ => $"expected rule value term (e.g., {Text} := <VALUE> {{ ... }})",
    };

    internal RuleHead Finish(bool v0, bool hasIf)
    {
        // In v0, p[x] without a value is a partial set.
        if (v0 && !hasIf && Path.Length == 1 && !Contains && Value is null && Arguments is null)
        {
            return new RuleHead(Location, name, []) { Element = Path[0] };
        }

        var value = Contains ? null : Value ?? new ScalarTerm(Location, RegoValue.True);
        return new RuleHead(Location, name, Path) { Arguments = Arguments, Element = Element, Value = value, Assigns = Assigns };
    }
}
