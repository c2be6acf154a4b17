namespace Kfm.Agent.Intents;

/// <summary>An intent with what was made out of its words.</summary>
/// <param name="Intent">The intent as it was given.</param>
/// <param name="Kind">What it asks for.</param>
/// <param name="Title">One line of at most 72 characters.</param>
/// <param name="Tier">The highest tier of the rules that fired.</param>
public sealed record StructuredIntent(Intent Intent, IntentKind Kind, string Title, RiskTier Tier)
{
    /// <summary>The components that the words name, sorted (ordinal).</summary>
    public IReadOnlyList<string> Components { get; init; } = [];

    /// <summary>The rules that fired, in the order of the table.</summary>
    public IReadOnlyList<FiredRule> Rules { get; init; } = [];
}
