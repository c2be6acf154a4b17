using System.Text.RegularExpressions;

namespace Kfm.Provenance.Sigstore;

/// <summary>Signers of packages of npm.</summary>
public static class NpmIdentity
{
    /// <summary>Whoever may publish provenance for a package: any build of its repository on a platform that npm takes provenance from.</summary>
    /// <param name="repository">
    /// The URL of the repository as package.json has it, on github.com or gitlab.com; <c>git+</c> before it and <c>.git</c> behind it do not matter.
    /// </param>
    /// <exception cref="ArgumentException">npm takes no provenance from this host.</exception>
    public static CertificateIdentity Provenance(string repository)
    {
        ArgumentException.ThrowIfNullOrEmpty(repository);
        var url = repository.StartsWith("git+", StringComparison.Ordinal) ? repository[4..] : repository;
        url = url.EndsWith(".git", StringComparison.Ordinal) ? url[..^4] : url.TrimEnd('/');
        const string GitHub = "https://github.com/";
        if (url.StartsWith(GitHub, StringComparison.Ordinal))
        {
            return GitHubIdentity.Repository(url[GitHub.Length..]);
        }

        return url.StartsWith(GitLabIdentity.Issuer + "/", StringComparison.Ordinal)
            ? new(TextMatch.Pattern(Regex.Escape(url) + "//.+"), TextMatch.Exact(GitLabIdentity.Issuer))
            {
                Claims = new Dictionary<FulcioClaim, string> { [FulcioClaim.SourceRepositoryUri] = url },
            }
            : throw new ArgumentException("npm takes provenance from github.com and gitlab.com.", nameof(repository));
    }
}
