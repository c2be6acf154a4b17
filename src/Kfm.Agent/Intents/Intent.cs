namespace Kfm.Agent.Intents;

/// <summary>What somebody asks for, in their own words.</summary>
/// <param name="Text">The words; the first line that is not empty is the title.</param>
/// <param name="Origin">Where the intent comes from, for example <c>command-line</c> or <c>issue</c>.</param>
/// <param name="Issue">The reference of the issue, or null.</param>
/// <param name="Author">The pseudonymous id of the person who asks, for example <c>person:4f1a</c>; never a name.</param>
/// <param name="Time">When it was asked.</param>
public sealed record Intent(string Text, string Origin, string? Issue, string Author, DateTimeOffset Time);
