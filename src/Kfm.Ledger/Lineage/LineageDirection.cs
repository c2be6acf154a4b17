namespace Kfm.Ledger.Lineage;

/// <summary>Which way a walk through the lineage goes.</summary>
public enum LineageDirection
{
    /// <summary>From an effect to its causes: towards the intent.</summary>
    Upstream,

    /// <summary>From a cause to its effects: towards the incident.</summary>
    Downstream,
}
