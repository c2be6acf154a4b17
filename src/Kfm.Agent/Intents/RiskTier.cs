namespace Kfm.Agent.Intents;

/// <summary>How much a change can harm, and so who must approve it. The order of the values is the order of the risk.</summary>
public enum RiskTier
{
    /// <summary>Documentation and configuration: no approval before the merge, a review after it.</summary>
    Low,

    /// <summary>Features and interfaces: the lead approves.</summary>
    Medium,

    /// <summary>Migrations and authentication: a manager and security approve.</summary>
    High,

    /// <summary>Architecture, compliance and protected paths: council and legal approve.</summary>
    Critical,
}
