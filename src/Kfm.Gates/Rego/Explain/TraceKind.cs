namespace Kfm.Gates.Rego;

/// <summary>What an evaluation reports of itself.</summary>
public enum TraceKind
{
    /// <summary>A body of a rule begins.</summary>
    Enter,

    /// <summary>An expression is about to be evaluated.</summary>
    Eval,

    /// <summary>An expression has no solution: it is false or undefined.</summary>
    Fail,

    /// <summary>A body gives a value: it fired.</summary>
    Exit,
}
