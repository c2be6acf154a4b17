namespace Kfm.Agent.Autonomy;

/// <summary>What a step of a rollout does.</summary>
public enum RolloutStepKind
{
    /// <summary>The change runs where no user reaches it.</summary>
    Sandbox,

    /// <summary>The change stays in the sandbox for a time and is watched.</summary>
    Validation,

    /// <summary>Invited users alone reach the change.</summary>
    Pilot,

    /// <summary>A part of the traffic reaches the change.</summary>
    Canary,

    /// <summary>The rollout stands until a person lets it go on.</summary>
    Gate,

    /// <summary>Everybody reaches the change.</summary>
    Production,
}
