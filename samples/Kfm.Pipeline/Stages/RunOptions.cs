namespace Kfm.Pipeline.Stages;

/// <summary>What the caller of a run asks for. Which of head, patch, replay and agent command is given says where the proposal comes from.</summary>
internal sealed record RunOptions
{
    /// <summary>The repository.</summary>
    public required string Repository { get; init; }

    /// <summary>The bundle directory.</summary>
    public required string Out { get; init; }

    /// <summary>The commit that the proposal stands on; null is HEAD, or the first parent of the head that is judged.</summary>
    public string? Base { get; init; }

    /// <summary>A branch or commit to judge as it is.</summary>
    public string? Head { get; init; }

    /// <summary>A patch file to judge.</summary>
    public string? PatchFile { get; init; }

    /// <summary>A file of recorded answers for the agent.</summary>
    public string? ReplayFile { get; init; }

    /// <summary>The command line of an agent and its arguments; empty when none is named.</summary>
    public IReadOnlyList<string> AgentCommand { get; init; } = [];

    /// <summary>The names of chat models in kfm.json of the base, with commas between, in the order in which they are asked.</summary>
    public string? Models { get; init; }

    /// <summary>Where models are reached, each <c>NAME=URL</c>.</summary>
    public IReadOnlyList<string> ModelEndpoints { get; init; } = [];

    /// <summary>The file that keeps the answers of chat models for <see cref="ReplayFile"/>; null keeps none.</summary>
    public string? RecordFile { get; init; }

    /// <summary>Whether an agent makes the proposal; else it was given.</summary>
    public bool AsksAgent => ProposalSource.Of(this) is not null;

    /// <summary>The intent: a file, or the text itself.</summary>
    public string? Intent { get; init; }

    /// <summary>The author of the intent, <c>person:…</c>; overrides the intent file.</summary>
    public string? Author { get; init; }

    /// <summary>Files with signed reviews of the design, for a model that is asked at the tiers high and critical.</summary>
    public IReadOnlyList<string> DesignReviews { get; init; } = [];

    /// <summary>The id of the workflow run; null derives it from the clock.</summary>
    public string? RunId { get; init; }

    /// <summary>The attempt of the workflow run, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The number of the pull request, or null.</summary>
    public string? PullRequest { get; init; }

    /// <summary>The pull request on GitHub, or null.</summary>
    public GitHub.GitHubRequest? GitHub { get; init; }

    /// <summary>The ledger file; null is the user's own for the repository.</summary>
    public string? Ledger { get; init; }

    /// <summary>The private key that signs statements; null is the user's own, made on first use.</summary>
    public string? Key { get; init; }

    /// <summary>The private key that signs checkpoints of the ledger; null is the user's own, made on first use.</summary>
    public string? LogKey { get; init; }

    /// <summary>Further paths that the commands of a repository must find empty.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    /// <summary>Whether the result is printed as one JSON object.</summary>
    public bool Json { get; init; }
}
