using Kfm.Provenance.Sigstore;

namespace Kfm.Provenance.Slsa;

/// <summary>Reads a <see cref="WorkflowIdentity"/> from a certificate that Sigstore's verification accepted.</summary>
internal sealed class WorkflowCertificate(SignerCertificate certificate)
{
    private readonly IReadOnlyDictionary<int, string> _claims = certificate.Claims;

    public SlsaRejection? Read(out WorkflowIdentity? identity)
    {
        identity = null;
        if (certificate.Names is not [var workflow]
            || Claim(1, 8) is not { } issuer
            || Claim(2, 20) is not { } trigger
            || Claim(3, 13) is not { } digest
            || Repository() is not { } repository)
        {
            return Invalid("a claim is missing, or its old and its new form differ.");
        }

        if (Text(19) is { } config && !string.Equals(config, digest, StringComparison.Ordinal))
        {
            return Invalid("the commit of the workflow is not that of the source.");
        }

        identity = new WorkflowIdentity
        {
            Workflow = workflow,
            Issuer = issuer,
            Trigger = trigger,
            SourceDigest = digest,
            SourceRepository = repository,
            SourceRef = Text(14),
            SourceId = Text(15),
            OwnerId = Text(17),
            WorkflowDigest = Text(10),
            Runner = Text(11),
            RunUri = Text(21),
            ConfigPath = ConfigPath(repository),
        };
        return null;
    }

    private static SlsaRejection Invalid(string reason) => new(SlsaErrorCode.InvalidCertificate, "The certificate is not one of a workflow: " + reason);

    // Claims 1 to 6 are the old form of others; where both are, they agree.
    private string? Claim(int old, int current) => Agree(Text(old), Text(current));

    private string? Repository()
    {
        var now = Text(12);
        return Agree(Text(5), now?.StartsWith(GitReference.GitHub, StringComparison.Ordinal) == true ? now[GitReference.GitHub.Length..] : now);
    }

    private static string? Agree(string? before, string? now) =>
        before is not null && now is not null && !string.Equals(before, now, StringComparison.Ordinal) ? null : now ?? before;

    private string? ConfigPath(string repository)
    {
        var prefix = $"{GitReference.GitHub}{repository}/";
        return Text(18)?.Split('@') is [var path, _] && path.StartsWith(prefix, StringComparison.Ordinal) ? path[prefix.Length..] : null;
    }

    private string? Text(int number) => _claims.TryGetValue(number, out var text) && text.Length > 0 ? text : null;
}
