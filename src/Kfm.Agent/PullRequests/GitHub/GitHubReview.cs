namespace Kfm.Agent.PullRequests.GitHub;

/// <summary>A review of a pull request.</summary>
/// <param name="Id">The id of the review.</param>
/// <param name="Login">Who wrote it; null when the account is gone.</param>
/// <param name="State"><c>APPROVED</c>, <c>CHANGES_REQUESTED</c>, <c>COMMENTED</c>, <c>DISMISSED</c> or <c>PENDING</c>.</param>
/// <param name="Commit">The commit that it is about; null when GitHub does not say.</param>
/// <param name="Submitted">When it was submitted; null while it is pending.</param>
public sealed record GitHubReview(long Id, string? Login, string State, string? Commit, DateTimeOffset? Submitted);
