namespace Kfm.Provenance.Evidence;

/// <summary>A stage of the pipeline, in the order in which they run.</summary>
public enum Stage
{
    /// <summary>The intent was read, classified and given a risk tier.</summary>
    Intent,

    /// <summary>The design document was made from the intent.</summary>
    Design,

    /// <summary>The agent proposed a change.</summary>
    Agent,

    /// <summary>The patch was checked, applied and committed.</summary>
    Patch,

    /// <summary>The preview was built twice and compared.</summary>
    Build,

    /// <summary>Tests, lint, contracts and scans ran.</summary>
    Qa,

    /// <summary>The policies decided.</summary>
    Gate,
}
