using System.Text.RegularExpressions;

namespace Kfm.Provenance.Sigstore;

/// <summary>Identities of GitLab CI/CD.</summary>
public static class GitLabIdentity
{
    /// <summary>The issuer of the tokens of gitlab.com.</summary>
    public const string Issuer = "https://gitlab.com";

    /// <summary>A pipeline of a project.</summary>
    /// <param name="project">The path of the project, <c>group/name</c> with any number of groups.</param>
    /// <param name="configuration">The file of the pipeline; null for <c>.gitlab-ci.yml</c>.</param>
    /// <param name="reference">The ref, for example <c>refs/heads/main</c>; null for any.</param>
    /// <param name="instance">The URL of the instance, which is the issuer too; null for gitlab.com.</param>
    /// <exception cref="ArgumentException">The project is no path of a group and a name.</exception>
    public static CertificateIdentity Pipeline(string project, string? configuration = null, string? reference = null, string? instance = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(project);
        var parts = project.Split('/');
        if (parts.Length < 2 || Array.Exists(parts, p => p.Length == 0))
        {
            throw new ArgumentException("A project is written group/name.", nameof(project));
        }

        var issuer = (instance ?? Issuer).TrimEnd('/');
        var name = $"{issuer}/{project}//{configuration ?? ".gitlab-ci.yml"}@";
        return new(reference is null ? TextMatch.Pattern(Regex.Escape(name) + "refs/.+") : TextMatch.Exact(name + reference), TextMatch.Exact(issuer))
        {
            Claims = new Dictionary<FulcioClaim, string> { [FulcioClaim.SourceRepositoryUri] = $"{issuer}/{project}" },
        };
    }
}
