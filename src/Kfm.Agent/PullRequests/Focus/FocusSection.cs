namespace Kfm.Agent.PullRequests.Focus;

/// <summary>What kind of statement a sentence is; a reader must never take one for another.</summary>
public enum FocusSection
{
    /// <summary>What the stages did and found.</summary>
    Fact,

    /// <summary>What rules read out of the facts.</summary>
    Interpretation,

    /// <summary>What the policies decided and ask for.</summary>
    Policy,
}
