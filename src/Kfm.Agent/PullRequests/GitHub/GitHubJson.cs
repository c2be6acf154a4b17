using System.Text.Json.Serialization;

namespace Kfm.Agent.PullRequests.GitHub;

/// <summary>How GitHub's answers are read: members that are not known are left out, missing ones and null by mistake are errors.</summary>
[JsonSourceGenerationOptions(
    MaxDepth = 32,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PullRequestWire))]
[JsonSerializable(typeof(PullRequestWire[]))]
[JsonSerializable(typeof(CommentWire))]
[JsonSerializable(typeof(CommentWire[]))]
[JsonSerializable(typeof(LabelWire))]
[JsonSerializable(typeof(LabelWire[]))]
[JsonSerializable(typeof(StatusWire))]
[JsonSerializable(typeof(StatusWire[]))]
[JsonSerializable(typeof(ReviewWire[]))]
[JsonSerializable(typeof(ReviewersWire))]
[JsonSerializable(typeof(RepositoryWire))]
[JsonSerializable(typeof(UserWire))]
[JsonSerializable(typeof(NewPullRequest))]
[JsonSerializable(typeof(ChangedPullRequest))]
[JsonSerializable(typeof(NewComment))]
[JsonSerializable(typeof(NewLabels))]
[JsonSerializable(typeof(NewReviewers))]
internal sealed partial class GitHubJson : JsonSerializerContext;
