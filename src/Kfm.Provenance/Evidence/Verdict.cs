namespace Kfm.Provenance.Evidence;

/// <summary>What the gate said.</summary>
public enum Verdict
{
    /// <summary>A gate failed, or could not run.</summary>
    Deny,

    /// <summary>All gates passed; an approval or a stewardship review is missing.</summary>
    Review,

    /// <summary>Nothing is missing.</summary>
    Allow,
}
