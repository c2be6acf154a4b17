using System.Text.Json.Serialization;

namespace Kfm.Agent.PullRequests.GitHub;

// The members of GitHub's answers that are read, and those of requests: REST API, version 2022-11-28.
internal sealed record UserWire(string Login, string? Type = null);

internal sealed record CommitWire(string Sha, string Ref);

internal sealed record PullRequestWire(long Number, string State, bool Draft, CommitWire Head, UserWire? User = null, string? Body = null);

internal sealed record CommentWire(long Id, string? Body = null, UserWire? User = null);

internal sealed record LabelWire(string Name, string? Color = null, string? Description = null);

internal sealed record StatusWire(string State, string Context, string? Description = null);

internal sealed record ReviewWire(
    long Id,
    string State,
    UserWire? User = null,
    [property: JsonPropertyName("commit_id")] string? CommitId = null,
    [property: JsonPropertyName("submitted_at")] DateTimeOffset? SubmittedAt = null);

internal sealed record TeamWire(string Slug);

internal sealed record ReviewersWire(IReadOnlyList<UserWire> Users, IReadOnlyList<TeamWire> Teams);

internal sealed record RepositoryWire([property: JsonPropertyName("default_branch")] string DefaultBranch);

internal sealed record ErrorDetailWire(string? Message = null, string? Code = null, string? Field = null);

internal sealed record NewPullRequest(string Title, string Head, string Base, string Body, bool Draft);

internal sealed record ChangedPullRequest(string Title, string Body);

internal sealed record NewComment(string Body);

internal sealed record NewLabels(IReadOnlyList<string> Labels);

internal sealed record NewReviewers(IReadOnlyList<string> Reviewers, [property: JsonPropertyName("team_reviewers")] IReadOnlyList<string> TeamReviewers);
