using Kfm.Agent.Codegen.Commands;
using Kfm.Agent.Codegen.Commands.Sessions;

namespace Kfm.Agent.Codegen;

/// <summary>What a model answered.</summary>
/// <param name="Patch">The proposed change as a git unified diff.</param>
/// <param name="ModelVersion">The version of the model that answered.</param>
public sealed record CodegenResponse(string Patch, string ModelVersion)
{
    /// <summary>The versions of the tools that took part, by name.</summary>
    public IReadOnlyDictionary<string, string> ToolVersions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How sure the model says it is, 0 to 1; null where it does not say.</summary>
    public double? Confidence { get; init; }

    /// <summary>The tokens that the answer used; null where nobody counted.</summary>
    public CodegenUsage? Usage { get; init; }

    /// <summary>The models of a chain in the order in which they were tried; empty where there is no chain.</summary>
    public IReadOnlyList<CodegenAttempt> Attempts { get; init; } = [];

    /// <summary>The name of the model in the chain whose answer this is; null where there is no chain.</summary>
    public string? AnsweredBy { get; init; }

    /// <summary>What is recorded of a command-line agent; null when none answered.</summary>
    public CommandFacts? Command { get; init; }

    /// <summary>What the agent's session log tells; null when it wrote none.</summary>
    public SessionFacts? Session { get; init; }

    /// <summary>What the agent left beside its answer: it is scanned, and not kept.</summary>
    public IReadOnlyList<PrintedText> Printed { get; init; } = [];
}
