using System.Text.Json.Nodes;
using Kfm.Provenance.Evidence;

namespace Kfm.Provenance.InToto.Predicates;

/// <summary>
/// What an AI agent did in one session, which decisions it took and which people approved: one model, from which the published drafts are written.
/// </summary>
public sealed record AgentSession
{
    /// <summary>The id of the session.</summary>
    public required string Id { get; init; }

    /// <summary>The name of the agent.</summary>
    public required string AgentName { get; init; }

    /// <summary>The version of the agent, or null.</summary>
    public string? AgentVersion { get; init; }

    /// <summary>The model, or null.</summary>
    public string? Model { get; init; }

    /// <summary>When the session started.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When the session ended.</summary>
    public required DateTimeOffset Ended { get; init; }

    /// <summary>The repository and the commit that the session made, or null.</summary>
    public ResourceDescriptor? Commit { get; init; }

    /// <summary>The files that the session changed.</summary>
    public IReadOnlyList<AgentFileChange> Files { get; init; } = [];

    /// <summary>The decisions of the agent.</summary>
    public IReadOnlyList<AgentDecision> Decisions { get; init; } = [];

    /// <summary>The approvals of people. Each is for one commit: a later push voids it.</summary>
    public IReadOnlyList<HumanApproval> Approvals { get; init; } = [];

    /// <summary>The evidence of an AI coding session, version 0.1 (Chainloop).</summary>
    public JsonObject ToCodingSession()
    {
        var session = new JsonObject
        {
            ["id"] = Id,
            ["started_at"] = EvidenceTime.Format(EvidenceTime.Truncate(Started)),
            ["ended_at"] = EvidenceTime.Format(EvidenceTime.Truncate(Ended)),
            ["duration_seconds"] = (long)(Ended - Started).TotalSeconds,
        };
        var json = new JsonObject
        {
            ["schema_version"] = "v1",
            ["agent"] = new JsonObject { ["name"] = AgentName }.With("version", AgentVersion),
            ["session"] = session,
        };
        var git = new JsonObject().With("repository", Commit?.Uri).With("commit_end", Commit?.Digest.GetValueOrDefault("gitCommit"));
        json.With("git_context", git.Count > 0 ? git : null).With("model", Model is null ? null : new JsonObject { ["primary"] = Model });
        return Files.Count == 0 ? json : json.With("code_changes", Changes());
    }

    /// <summary>The approvals as reviews (in-toto human-review 0.1), each with the commit that it is for.</summary>
    /// <param name="repository">The name of the subject, such as the repository.</param>
    public IReadOnlyList<Statement> ToHumanReviews(string repository) => [.. Approvals.Select(a => a.ToReview(repository))];

    /// <summary>
    /// The session as verified properties (in-toto SVR 0.2), for verifiers that know no type for agents: <c>AI_AGENT_SESSION</c>,
    /// and <c>HUMAN_APPROVED</c> when people approved the commit of the session.
    /// </summary>
    /// <param name="verifierId">Who vouches for it.</param>
    /// <param name="time">When.</param>
    public SimpleVerificationResult ToVerificationResult(string verifierId, DateTimeOffset time) => new()
    {
        VerifierId = verifierId,
        TimeCreated = EvidenceTime.Format(EvidenceTime.Truncate(time)),
        Properties = IsApproved ? ["AI_AGENT_SESSION", "HUMAN_APPROVED"] : ["AI_AGENT_SESSION"],
    };

    private bool IsApproved =>
        Commit?.Digest.GetValueOrDefault("gitCommit") is { } commit && Approvals.Any(a => a.Approved && string.Equals(a.Commit, commit, StringComparison.Ordinal));

    private JsonObject Changes() => new()
    {
        ["files_created"] = Files.Count(f => f.Status is "created"),
        ["files_modified"] = Files.Count(f => f.Status is "modified"),
        ["files_deleted"] = Files.Count(f => f.Status is "deleted"),
        ["lines_added"] = Files.Sum(f => f.LinesAdded),
        ["lines_removed"] = Files.Sum(f => f.LinesRemoved),
        ["files"] = PredicateJson.Array(Files, f => f.ToJson()),
    };
}
