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

    /// <summary>A change was put into operation.</summary>
    Deployment,

    /// <summary>A deployment was taken back.</summary>
    Rollback,

    /// <summary>Operation was disturbed, or was restored: the attribute <c>state</c> is <c>opened</c> or <c>resolved</c>.</summary>
    Incident,

    /// <summary>A legal hold was laid on entries or on a person.</summary>
    Hold,

    /// <summary>A legal hold was lifted.</summary>
    Release,

    /// <summary>Old entries were disposed of; what they were stays proven by their hashes.</summary>
    Disposition,

    /// <summary>The key of a person's sealed fields was destroyed.</summary>
    Erasure,
}
