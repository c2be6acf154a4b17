namespace Kfm.Agent.Configuration;

/// <summary>The reliability budget: how many deployments may fail before further changes are held back.</summary>
public sealed record ReliabilitySettings
{
    /// <summary>The share of deployments that must not fail, above 0 and below 1.</summary>
    public required double Objective { get; init; }

    /// <summary>The length of the window that ends with the run, in days, 1 to 3,650.</summary>
    /// <value>28 by default.</value>
    public int Days { get; init; } = 28;

    /// <summary>The environment whose deployments count.</summary>
    /// <value><c>production</c> by default.</value>
    public string Environment { get; init; } = "production";

    /// <summary>Whether a budget that is used up denies; without it the record only says so.</summary>
    public bool Enforce { get; init; }
}
