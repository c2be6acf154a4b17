using Kfm.Provenance.Digests;

namespace Kfm.Provenance.Evidence;

/// <summary>What the record is about: one proposal on one repository in one workflow run.</summary>
/// <param name="Repository">The URI of the repository, without credentials.</param>
/// <param name="BaseCommit">The commit that the proposal stands on: 40 hexadecimal digits.</param>
/// <param name="HeadCommit">The commit of the proposal: 40 hexadecimal digits.</param>
/// <param name="PullRequest">The number of the pull request, or null when there is none yet.</param>
/// <param name="WorkflowRun">The id of the workflow run.</param>
/// <param name="Attempt">The attempt of the workflow run, from 1.</param>
/// <param name="PolicySet">The digest of the policies that decide.</param>
public sealed record Trace(
    string Repository,
    string BaseCommit,
    string HeadCommit,
    string? PullRequest,
    string WorkflowRun,
    int Attempt,
    Digest PolicySet) : Fact;
