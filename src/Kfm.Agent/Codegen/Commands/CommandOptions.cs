using Kfm.Agent.Configuration;
using Kfm.Agent.Git;
using Kfm.Agent.Previews;
using Kfm.Gates.Scanning;

namespace Kfm.Agent.Codegen.Commands;

/// <summary>What a command-line agent works on, and what it may see.</summary>
public sealed record CommandOptions
{
    /// <summary>The program and its arguments, as the caller gave them.</summary>
    public required CommandLine Command { get; init; }

    /// <summary>What the agent may use, as the base commit has it.</summary>
    public required AgentSettings Settings { get; init; }

    /// <summary>Runs the agent. Without isolation none is run.</summary>
    public required Sandbox Sandbox { get; init; }

    /// <summary>The repository.</summary>
    public required SourceRepository Source { get; init; }

    /// <summary>The commit that the agent changes.</summary>
    public required string BaseCommit { get; init; }

    /// <summary>The intent, in the file that KFM_INTENT_FILE names.</summary>
    public required string Intent { get; init; }

    /// <summary>The design, in the file that KFM_DESIGN_FILE names.</summary>
    public required string Design { get; init; }

    /// <summary>The environment of the host, of which the agent sees PATH and what the settings allow.</summary>
    public required IReadOnlyDictionary<string, string> HostEnvironment { get; init; }

    /// <summary>An existing directory in which the agent gets one of its own, which is removed in the end.</summary>
    public required string ScratchRoot { get; init; }

    /// <summary>Absolute paths that the agent finds empty: signing keys, ledgers, state. Homes and the repository itself are hidden anyway.</summary>
    public IReadOnlyList<string> HiddenPaths { get; init; } = [];

    /// <summary>Values that are secret: no command digest and no version holds them.</summary>
    public KnownSecrets Known { get; init; } = KnownSecrets.None;

    /// <summary>How much the agent may leave.</summary>
    public CommandLimits Limits { get; init; } = new();
}
