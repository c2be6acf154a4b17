namespace Kfm.Agent.Configuration;

/// <summary>What a command-line coding agent may use (section <c>agent</c> of kfm.json). Which command runs, the caller says and never the repository.</summary>
public sealed record AgentSettings
{
    /// <summary>Whether the agent has a network.</summary>
    /// <value>False by default.</value>
    public bool Network { get; init; }

    /// <summary>The time that the agent may take, in seconds, 1 to 7200.</summary>
    /// <value>1,800 by default.</value>
    public int TimeoutSeconds { get; init; } = 1_800;

    /// <summary>
    /// The names of the variables of the host's environment that the agent sees besides PATH; sorted. Each value of 8 or more characters counts as a
    /// secret: an answer that holds it is refused.
    /// </summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>Where the agent writes its session log: below its home when <see cref="LogInHome"/> is set, else below the work tree; null when it is told by KFM_SESSION_LOG.</summary>
    public Glob? Log { get; init; }

    /// <summary>Whether <see cref="Log"/> lies below the agent's home: the path in kfm.json begins with <c>~/</c>.</summary>
    public bool LogInHome { get; init; }

    /// <summary>The command that prints the version of the agent; empty when there is none.</summary>
    public IReadOnlyList<string> Version { get; init; } = [];
}
