namespace Kfm.Agent.Configuration;

/// <summary>Where prompts may go: the class of paths, and providers and regions by class. What no line allows stays here.</summary>
public sealed record EgressSettings
{
    /// <summary>The class of intents, and of paths that no rule names.</summary>
    /// <value><see cref="DataClass.Internal"/> by default.</value>
    public DataClass Default { get; init; } = DataClass.Internal;

    /// <summary>The classes of paths, from public to restricted.</summary>
    public IReadOnlyList<ClassRule> Classes { get; init; } = [];

    /// <summary>The allow-list.</summary>
    public IReadOnlyList<EgressAllowance> Allowed { get; init; } = [];

    /// <summary>The class of a path: the most restricted that a rule gives it, else the default.</summary>
    /// <param name="path">The path from the root.</param>
    public DataClass ClassOf(string path) =>
        Classes.LastOrDefault(rule => rule.Paths.Any(glob => glob.IsMatch(path)))?.Class ?? Default;
}
