using System.CommandLine;
using Kfm.Agent.PullRequests.GitHub;
using Kfm.Pipeline.GitHub;
using Kfm.Pipeline.Terminal;
using Kfm.Pipeline.Verification;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm github sync</c>: takes reviews from GitHub, verifies the bundle again, and writes to the pull request what holds now.</summary>
internal static class GitHubCommand
{
    public static Command Create(HostEnvironment host)
    {
        var command = new Command("github", "Keep a pull request on GitHub.");
        command.Subcommands.Add(Sync(host));
        return command;
    }

    private static Command Sync(HostEnvironment host)
    {
        var directory = new Argument<string>("bundle") { Description = "The bundle directory." };
        var trust = new Option<string?>("--trust") { Description = "The trust file. Default: the user's state folder." };
        var ledger = new Option<string?>("--ledger") { Description = "The ledger file. Default: the user's own for the repository." };
        var logKey = new Option<string?>("--log-key") { Description = "The private key of the ledger. Default: the user's own." };
        var key = new Option<string?>("--key") { Description = "The private key that sealed the bundle; it vouches for reviews. Default: the user's own." };
        var json = new Option<bool>("--json") { Description = "Print the result as one JSON object." };
        var command = new Command("sync", "Take reviews as approvals where the people file lets them count, and update the pull request.") { directory, trust, ledger, logKey, key, json };
        var gitHub = new GitHubOptionSet();
        foreach (var option in gitHub.Writing)
        {
            command.Options.Add(option);
        }

        VerbAction.Set(command, host, async (result, token) =>
        {
            var asked = gitHub.Read(result) ?? throw new GitHubException("", null, "name the repository by --github OWNER/REPO.");
            using var session = GitHubSession.Open(host, asked);
            var sync = new GitHubSync(session, result.GetValue(directory)!, host)
            {
                Trust = result.GetValue(trust),
                Key = result.GetValue(key),
                Log = new ApprovalLog(result.GetValue(ledger), result.GetValue(logKey)),
            };
            var outcome = await sync.RunAsync(token);
            host.Out.WriteLine(result.GetValue(json) ? outcome.ToJson() : outcome.ToString());
            return outcome.ExitCode;
        });
        return command;
    }
}
