namespace Kfm.Ledger.Erasure;

/// <summary>What became of a request to forget a person.</summary>
public enum ErasureStatus
{
    /// <summary>The key is destroyed, and the log says so.</summary>
    Erased,

    /// <summary>It was done before; nothing changed.</summary>
    AlreadyErased,

    /// <summary>A legal hold forbids it; nothing changed.</summary>
    Held,

    /// <summary>Nothing was ever sealed about the person.</summary>
    NotFound,
}
