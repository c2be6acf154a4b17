namespace Kfm.Ledger.Erasure;

/// <summary>Whether a sealed field can be read.</summary>
public enum FieldState
{
    /// <summary>The field was opened.</summary>
    Readable,

    /// <summary>The key was destroyed on purpose; nobody can read the field any more.</summary>
    Erased,

    /// <summary>This key database never had a key for the person.</summary>
    NoKey,

    /// <summary>The box was not sealed for this place, or was changed.</summary>
    Forged,
}
