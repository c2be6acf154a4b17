using System.CommandLine;
using Kfm.Agent.PullRequests.GitHub;

namespace Kfm.Pipeline.GitHub;

/// <summary>The options that say which pull request on GitHub is meant.</summary>
internal sealed class GitHubOptionSet
{
    private readonly Option<string?> _repository = new("--github") { Description = "Keep a draft pull request in this repository on GitHub, OWNER/REPO." };
    private readonly Option<string?> _api = new("--github-api") { Description = "The base address of GitHub's API. Default: GITHUB_API_URL, else https://api.github.com." };
    private readonly Option<string?> _token = new("--github-token") { Description = "The NAME of the variable that holds the token. Default: GITHUB_TOKEN." };
    private readonly Option<string?> _remote = new("--remote") { Description = "The remote that the proposal branch is pushed to. Default: origin." };
    private readonly Option<string?> _into = new("--github-base") { Description = "The branch that the pull request goes to. Default: the repository's own." };

    /// <summary>Options of a command that opens the pull request.</summary>
    public IEnumerable<Option> Opening => [_repository, _api, _token, _remote, _into];

    /// <summary>Options of a command that writes to a pull request that is there.</summary>
    public IEnumerable<Option> Writing => [_repository, _api, _token];

    /// <summary>The values on a command line; null where GitHub is not asked for.</summary>
    /// <exception cref="GitHubException">An option is given without --github, or the name of the variable is none.</exception>
    public GitHubRequest? Read(ParseResult result)
    {
        var present = result.CommandResult.Command.Options;
        string? Value(Option<string?> option) => present.Contains(option) ? result.GetValue(option) : null;
        if (Value(_repository) is not { } repository)
        {
            return Opening.Skip(1).Any(o => present.Contains(o) && result.GetResult(o) is not null)
                ? throw new GitHubException("", null, "the options of GitHub need --github OWNER/REPO.")
                : null;
        }

        var variable = Value(_token) ?? GitHubSession.DefaultVariable;
        if (variable.Length == 0 || !variable.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') || char.IsAsciiDigit(variable[0]))
        {
            // What stands there may be the token itself, so it is not quoted.
            throw new GitHubException("", null, "--github-token takes the name of a variable of the environment, never the token.");
        }

        return new GitHubRequest(repository) { Api = Value(_api), TokenVariable = variable, Remote = Value(_remote) ?? "origin", Into = Value(_into) };
    }
}
