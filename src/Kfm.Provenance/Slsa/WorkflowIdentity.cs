namespace Kfm.Provenance.Slsa;

/// <summary>
/// What a certificate of Sigstore's authority says about the workflow that signed (fulcio oid-info, 1.3.6.1.4.1.57264.1). Take it only from a
/// certificate that was verified. What old certificates do not say is null.
/// </summary>
public sealed record WorkflowIdentity
{
    /// <summary>The issuer of the token.</summary>
    public required string Issuer { get; init; }

    /// <summary>The workflow that signed: <c>https://github.com/org/name/path@reference</c> (the URI in the subject alternative name).</summary>
    public required string Workflow { get; init; }

    /// <summary>The source repository, <c>org/name</c>.</summary>
    public required string SourceRepository { get; init; }

    /// <summary>The commit that was built.</summary>
    public required string SourceDigest { get; init; }

    /// <summary>The event that started the workflow.</summary>
    public required string Trigger { get; init; }

    /// <summary>The reference that was built.</summary>
    public string? SourceRef { get; init; }

    /// <summary>The number of the repository.</summary>
    public string? SourceId { get; init; }

    /// <summary>The number of the owner of the repository.</summary>
    public string? OwnerId { get; init; }

    /// <summary>The commit of the workflow that signed.</summary>
    public string? WorkflowDigest { get; init; }

    /// <summary><c>github-hosted</c> or <c>self-hosted</c>.</summary>
    public string? Runner { get; init; }

    /// <summary>The path of the workflow that was started.</summary>
    public string? ConfigPath { get; init; }

    /// <summary>The run, <c>https://github.com/org/name/actions/runs/number/attempts/number</c>.</summary>
    public string? RunUri { get; init; }

    /// <summary>The name and reference of the workflow.</summary>
    internal BuilderReference Builder => BuilderReference.TryParse(Workflow, out var builder) ? builder : default;

    /// <summary>Number of the run and of the attempt.</summary>
    internal (string Run, string Attempt)? RunNumbers =>
        RunUri?.Split('/') is [.., "runs", var run, "attempts", var attempt] ? (run, attempt) : null;
}
