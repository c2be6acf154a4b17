using System.Text.RegularExpressions;

namespace Kfm.Provenance.Sigstore;

/// <summary>Identities of GitHub Actions.</summary>
public static class GitHubIdentity
{
    /// <summary>The issuer of the tokens of github.com.</summary>
    public const string Issuer = "https://token.actions.githubusercontent.com";

    private const string Host = "https://github.com/";

    /// <summary>A workflow of a repository, run in that repository.</summary>
    /// <param name="repository">Owner and name, <c>owner/name</c>.</param>
    /// <param name="workflow">The file below <c>.github/workflows/</c>, for example <c>release.yml</c>.</param>
    /// <param name="reference">The ref, for example <c>refs/heads/main</c>; null for any.</param>
    /// <returns>The identity; the workflow must also have been started for this repository, so a caller of a reusable workflow is not accepted.</returns>
    /// <exception cref="ArgumentException">The repository is not of that form, or a text is empty.</exception>
    public static CertificateIdentity Workflow(string repository, string workflow, string? reference = null) =>
        ReusableWorkflow(repository, workflow, reference, repository);

    /// <summary>A reusable workflow that was started for another repository.</summary>
    /// <param name="repository">Owner and name of the repository of the workflow.</param>
    /// <param name="workflow">The file below <c>.github/workflows/</c>.</param>
    /// <param name="reference">The ref of the workflow; null for any.</param>
    /// <param name="source">Owner and name of the repository that was built.</param>
    /// <exception cref="ArgumentException">A repository is not of that form, or a text is empty.</exception>
    public static CertificateIdentity ReusableWorkflow(string repository, string workflow, string? reference, string source)
    {
        Check(repository);
        Check(source);
        ArgumentException.ThrowIfNullOrEmpty(workflow);
        var name = $"{Host}{repository}/.github/workflows/{workflow}@";
        return new(reference is null ? TextMatch.Pattern(Regex.Escape(name) + "refs/.+") : TextMatch.Exact(name + reference), TextMatch.Exact(Issuer))
        {
            Claims = new Dictionary<FulcioClaim, string> { [FulcioClaim.SourceRepositoryUri] = Host + source },
        };
    }

    /// <summary>Any workflow that was started for a repository.</summary>
    /// <param name="repository">Owner and name, <c>owner/name</c>.</param>
    /// <exception cref="ArgumentException">The repository is not of that form.</exception>
    public static CertificateIdentity Repository(string repository)
    {
        Check(repository);
        return new(TextMatch.Pattern(Regex.Escape(Host) + ".+"), TextMatch.Exact(Issuer))
        {
            Claims = new Dictionary<FulcioClaim, string> { [FulcioClaim.SourceRepositoryUri] = Host + repository },
        };
    }

    private static void Check(string repository)
    {
        ArgumentException.ThrowIfNullOrEmpty(repository);
        if (repository.Split('/') is not [{ Length: > 0 }, { Length: > 0 }])
        {
            throw new ArgumentException("A repository is written owner/name.", nameof(repository));
        }
    }
}
