using System.CommandLine;
using Kfm.Agent.Autonomy;
using Kfm.Pipeline.GitHub;
using Kfm.Pipeline.Terminal;
using Kfm.Pipeline.Verification;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm approve</c>: adds a signed approval to a bundle, and tells GitHub where it is asked to.</summary>
internal static class ApproveCommand
{
    public static Command Create(HostEnvironment host)
    {
        var directory = new Argument<string>("bundle") { Description = "The bundle directory." };
        var role = new Option<string>("--role") { Description = "The role in which you approve.", Required = true };
        role.AcceptOnlyFromAmong([.. ApprovalRoles.All]);
        var key = new Option<string?>("--key") { Description = "Your private key in PEM." };
        var ssh = new Option<string?>("--ssh-key") { Description = "Your key of SSH, or the .pub file of a key that ssh-agent holds; ssh-keygen signs." };
        var trust = new Option<string?>("--trust") { Description = "The trust file. Default: the user's state folder." };
        var ledger = new Option<string?>("--ledger") { Description = "The ledger file. Default: the user's own for the repository." };
        var logKey = new Option<string?>("--log-key") { Description = "The private key of the ledger. Default: the user's own." };
        var json = new Option<bool>("--json") { Description = "Print the result as one JSON object." };
        var command = new Command("approve", "Approve a decision that asks for it.") { directory, role, key, ssh, trust, ledger, logKey, json };
        var gitHub = new GitHubOptionSet();
        foreach (var option in gitHub.Writing)
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetResult(key) is null == result.GetResult(ssh) is null)
            {
                result.AddError("Name one of --key and --ssh-key.");
            }
        });
        VerbAction.Set(command, host, async (result, token) =>
        {
            var request = new ApprovalRequest(result.GetValue(directory)!, result.GetValue(role)!, result.GetValue(key) ?? "")
            {
                SshKey = result.GetValue(ssh),
                Trust = result.GetValue(trust),
                Ledger = result.GetValue(ledger),
                LogKey = result.GetValue(logKey),
            };

            // A token that is missing is told before anything is signed.
            using var session = gitHub.Read(result) is { } asked ? GitHubSession.Open(host, asked) : null;
            var outcome = request.Execute(host);
            if (session is not null && outcome.ExitCode != ExitCode.Deny)
            {
                var told = await GitHubSync.TellAsync(session, request.Directory, request.Trust, host, token);
                outcome = outcome with { Message = outcome.Message + " " + told, ExitCode = told.ExitCode };
            }

            host.Out.WriteLine(result.GetValue(json) ? outcome.ToJson() : outcome.Message);
            return outcome.ExitCode;
        });
        return command;
    }
}
