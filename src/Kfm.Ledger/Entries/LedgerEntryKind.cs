namespace Kfm.Ledger.Entries;

/// <summary>What an entry records. In JSON the name stands in lower case.</summary>
public enum LedgerEntryKind
{
    /// <summary>What was asked for.</summary>
    Intent,

    /// <summary>The design that was made from the intent.</summary>
    Design,

    /// <summary>The change that was proposed.</summary>
    Patch,

    /// <summary>What the preview build produced.</summary>
    Build,

    /// <summary>What tests and checks found.</summary>
    Qa,

    /// <summary>What the gates decided.</summary>
    Decision,

    /// <summary>The signed seal over a run bundle.</summary>
    Seal,

    /// <summary>A person approved a decision.</summary>
    Approval,

    /// <summary>A person overrode a gate.</summary>
    Override,

    /// <summary>Autonomous work was stopped.</summary>
    Halt,

    /// <summary>Autonomous work was allowed again.</summary>
    Resume,
}
