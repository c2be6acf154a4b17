using Kfm.Agent.Git;

namespace Kfm.Agent.PullRequests.GitHub;

/// <summary>The remote repository to which a proposal branch is pushed, by git itself.</summary>
/// <remarks>
/// A remote over https gets the token in a header that git takes from its environment and sends to that host alone; it stands neither on a command line
/// nor in a file. A remote in the file system gets nothing. Other transports are refused. Nothing is ever forced.
/// </remarks>
public sealed class ProposalRemote
{
    private readonly SourceRepository _source;

    private ProposalRemote(SourceRepository source, string address) => (_source, Address) = (source, address);

    /// <summary>The address without user and password.</summary>
    public string Address { get; }

    /// <summary>Looks a remote up.</summary>
    /// <param name="source">The repository.</param>
    /// <param name="name">The name of the remote, such as <c>origin</c>.</param>
    /// <param name="cancellationToken">Stops git.</param>
    /// <exception cref="GitHubException">There is no such remote, or its transport is not supported.</exception>
    public static async Task<ProposalRemote> OpenAsync(SourceRepository source, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0 || name[0] is '-' or '.' || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/'))
        {
            throw new GitHubException("", null, "a remote has a name of letters, digits, '-', '_', '.' and '/'.");
        }

        var found = await source.Git.TryRunAsync(["remote", "get-url", "--push", name], default, cancellationToken).ConfigureAwait(false);
        return found.Succeeded
            ? new ProposalRemote(source, Plain(found.OutputText.TrimEnd('\n')))
            : throw new GitHubException("", null, $"the repository has no remote '{name}'; name one by --remote.");
    }

    /// <summary>Pushes a commit of the repository as a branch. A branch that stands there at a commit which it does not follow is left alone.</summary>
    /// <param name="commit">The commit's id.</param>
    /// <param name="branch">The name of the branch.</param>
    /// <param name="token">The token of a remote over https.</param>
    /// <param name="cancellationToken">Stops git.</param>
    /// <exception cref="GitHubException">git was refused; what it said is quoted without the token.</exception>
    public async Task PushAsync(string commit, string branch, GitHubToken token, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        var pushed = await _source.Git.TryRunWithSettingsAsync(
            ["push", "--quiet", "--no-verify", "--no-follow-tags", "--recurse-submodules=no", "--", Address, $"{commit}:refs/heads/{branch}"], Settings(token), cancellationToken).ConfigureAwait(false);
        if (!pushed.Succeeded)
        {
            var said = VisibleText.Line(token.Redact(pushed.TimedOut ? "it took too long" : pushed.ErrorText).ReplaceLineEndings("; "));
            throw new GitHubException("", null, $"git push of {branch} to {Address} failed: {(said.Length > 500 ? said[..500] + "…" : said)}");
        }
    }

    private List<KeyValuePair<string, string>> Settings(GitHubToken token)
    {
        List<KeyValuePair<string, string>> settings = [new("credential.helper", ""), new("core.askPass", ""), new("http.followRedirects", "false")];
        if (Uri.TryCreate(Address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
        {
            var host = uri.GetLeftPart(UriPartial.Authority);
            settings.Add(new($"protocol.{uri.Scheme}.allow", "always"));
            settings.Add(new($"http.{host}/.extraHeader", "Authorization: Basic " + token.BasicCredentials));
        }

        return settings;
    }

    private static string Plain(string address)
    {
        // git takes "host:path" for ssh unless a slash stands before the colon.
        var colon = address.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || address.AsSpan(0, colon).Contains('/'))
        {
            return address;
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || !(uri.Scheme is "https" or "file" || (uri.Scheme == "http" && uri.IsLoopback)))
        {
            throw new GitHubException("", null, "the remote must be a path or an address of https, because the token goes there; name another one by --remote.");
        }

        return uri.Scheme == "file" ? address : new UriBuilder(uri) { UserName = "", Password = "" }.Uri.AbsoluteUri;
    }
}
