namespace Kfm.Agent.PullRequests.GitHub;

/// <summary>A label of a repository.</summary>
/// <param name="Name">Its name; GitHub does not tell upper from lower case.</param>
/// <param name="Colour">Its colour when it is made: six hexadecimal digits.</param>
/// <param name="Description">What it says when it is made, at most 100 characters.</param>
public sealed record GitHubLabel(string Name, string Colour, string Description);
