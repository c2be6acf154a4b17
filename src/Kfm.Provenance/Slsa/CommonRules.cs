namespace Kfm.Provenance.Slsa;

/// <summary>The rules that hold for provenance of every builder; each answers null when it holds.</summary>
internal static class CommonRules
{
    private const int MinDigestBits = 256;

    /// <summary>Source, digest, branch, tag, versioned tag, inputs, in this order.</summary>
    public static SlsaRejection? Check(ProvenanceClaims claims, SlsaExpectations expected) =>
        Source(claims, expected.SourceUri)
        ?? Digest(claims, expected.Digest)
        ?? (expected.Branch is { } branch ? Branch(claims, branch) : null)
        ?? (expected.Tag is { } tag ? Tag(claims, tag) : null)
        ?? (expected.VersionedTag is { } version ? VersionedTag(claims, version) : null)
        ?? Inputs(claims, expected.WorkflowInputs);

    /// <summary>The certificate is that of a workflow of GitHub Actions.</summary>
    public static SlsaRejection? Issuer(WorkflowIdentity signer) =>
        string.Equals(signer.Issuer, "https://token.actions.githubusercontent.com", StringComparison.Ordinal)
            ? null
            : new(SlsaErrorCode.InvalidOIDCIssuer, $"The certificate was given for a token of {signer.Issuer}.");

    /// <summary>The certificate names the source repository.</summary>
    public static SlsaRejection? CertificateSource(WorkflowIdentity signer, string sourceUri)
    {
        var source = GitReference.Normalize(sourceUri);
        return string.Equals(source, "git+" + GitReference.GitHub + signer.SourceRepository, StringComparison.Ordinal)
            ? null
            : new(SlsaErrorCode.MismatchSource, $"The source is {signer.SourceRepository}, expected is {sourceUri}.");
    }

    /// <summary>The subjects have the digest.</summary>
    public static SlsaRejection? Digest(ProvenanceClaims claims, KeyValuePair<string, string> digest) =>
        digest.Value.Length * 4 < MinDigestBits
            ? new(SlsaErrorCode.InvalidHash, $"A digest of {digest.Value.Length * 4} bits is too short.")
            : claims.Statement.Subject.Any(s => s.Digest.TryGetValue(digest.Key, out var value) && string.Equals(value, digest.Value, StringComparison.Ordinal))
                ? null
                : new(SlsaErrorCode.MismatchHash, $"No subject has the {digest.Key} {digest.Value}.");

    private static SlsaRejection? Source(ProvenanceClaims claims, string sourceUri)
    {
        var source = GitReference.Normalize(sourceUri);
        if (!source.StartsWith("git+" + GitReference.GitHub, StringComparison.Ordinal))
        {
            return new(SlsaErrorCode.MalformedURI, $"The source '{sourceUri}' is not a repository on github.com.");
        }

        if (claims.TriggerUri is not { } trigger || claims.SourceUri is not { } built)
        {
            return new(SlsaErrorCode.MalformedURI, "The provenance names no source, or not what started the build.");
        }

        return GitReference.Split(trigger, out var triggerRepository, out var triggerRef)
            ?? Same(triggerRepository, source)
            ?? (triggerRef.Length == 0 ? new SlsaRejection(SlsaErrorCode.MalformedURI, $"'{trigger}' has no reference.") : null)
            ?? GitReference.Split(built, out var repository, out var reference)
            ?? Same(repository, source)
            ?? References(claims, trigger, built, reference);
    }

    private static SlsaRejection? Same(string found, string expected) => string.Equals(found, expected, StringComparison.Ordinal)
        ? null
        : new(SlsaErrorCode.MismatchSource, $"The source is {found}, expected is {expected}.");

    // A builder that is delegated to may build a commit that it made itself, and then names no reference.
    private static SlsaRejection? References(ProvenanceClaims claims, string trigger, string built, string reference) =>
        reference.Length == 0
            ? claims.BuildType is KnownBuilders.NpmFirst or KnownBuilders.Delegated
                ? null
                : new(SlsaErrorCode.MalformedURI, $"'{built}' has no reference.")
            : string.Equals(trigger, built, StringComparison.Ordinal)
                ? null
                : ProvenanceClaims.Invalid($"the source {built} is not what started the build, {trigger}.");

    private static SlsaRejection? Branch(ProvenanceClaims claims, string expected) =>
        claims.Branch(out var reference)
        ?? GitReference.Name(reference, "heads", out var name)
        ?? (string.Equals(name, expected, StringComparison.Ordinal) ? null : new(SlsaErrorCode.MismatchBranch, $"The branch is {name}, expected is {expected}."));

    private static SlsaRejection? Tag(ProvenanceClaims claims, string expected) =>
        TagName(claims, out var name)
        ?? (string.Equals(name, expected, StringComparison.Ordinal) ? null : new(SlsaErrorCode.MismatchTag, $"The tag is {name}, expected is {expected}."));

    private static SlsaRejection? VersionedTag(ProvenanceClaims claims, string expected) =>
        TagName(claims, out var name) ?? SemanticTag.MatchVersion(name, expected);

    private static SlsaRejection? TagName(ProvenanceClaims claims, out string name)
    {
        name = "";
        return claims.Tag(out var reference) ?? GitReference.Name(reference, "tags", out name);
    }

    private static SlsaRejection? Inputs(ProvenanceClaims claims, IReadOnlyDictionary<string, string> inputs)
    {
        foreach (var (name, expected) in inputs)
        {
            var rejection = claims.Input(name, out var value);
            if (rejection is not null || !string.Equals(value, expected, StringComparison.Ordinal))
            {
                return rejection ?? new(SlsaErrorCode.MismatchWorkflowInputs, $"The input '{name}' is '{value}', expected is '{expected}'.");
            }
        }

        return null;
    }
}
