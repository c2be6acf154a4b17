namespace Kfm.Agent.PullRequests.GitHub;

/// <summary>What a commit status says.</summary>
public enum GitHubStatusState
{
    /// <summary>Not decided, or an approval is missing: a protected branch does not take the commit.</summary>
    Pending,

    /// <summary>The gate allows the commit, and all that it asks for is there.</summary>
    Success,

    /// <summary>The gate denies the commit.</summary>
    Failure,

    /// <summary>The gate could not do its work.</summary>
    Error,
}
