namespace Kfm.Gates.Rego;

/// <summary>What came of a policy test.</summary>
public enum PolicyTestOutcome
{
    /// <summary>The rule is defined and not false.</summary>
    Pass,

    /// <summary>The rule is undefined or false.</summary>
    Fail,

    /// <summary>The evaluation was abandoned.</summary>
    Error,

    /// <summary>The name begins with todo_: not run.</summary>
    Skip,
}
