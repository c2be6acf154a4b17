namespace Kfm.Agent.Intents;

/// <summary>The members of intent.json.</summary>
internal sealed record IntentDocument(
    int FormatVersion,
    string Text,
    string Origin,
    string? Issue,
    string Author,
    string Time,
    string Kind,
    string Title,
    string Tier,
    IReadOnlyList<string> Components,
    IReadOnlyList<IntentDocument.Rule> Rules)
{
    internal sealed record Rule(string Id, string Tier, string Matched);
}
