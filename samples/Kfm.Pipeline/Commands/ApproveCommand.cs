using System.CommandLine;
using Kfm.Agent.Autonomy;
using Kfm.Pipeline.Terminal;
using Kfm.Pipeline.Verification;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm approve</c>: adds a signed approval to a bundle.</summary>
internal static class ApproveCommand
{
    public static Command Create(HostEnvironment host)
    {
        var directory = new Argument<string>("bundle") { Description = "The bundle directory." };
        var role = new Option<string>("--role") { Description = "The role in which you approve.", Required = true };
        role.AcceptOnlyFromAmong([.. ApprovalRoles.All]);
        var key = new Option<string>("--key") { Description = "Your private key.", Required = true };
        var trust = new Option<string?>("--trust") { Description = "The trust file. Default: the user's state folder." };
        var ledger = new Option<string?>("--ledger") { Description = "The ledger file. Default: the user's own for the repository." };
        var logKey = new Option<string?>("--log-key") { Description = "The private key of the ledger. Default: the user's own." };
        var json = new Option<bool>("--json") { Description = "Print the result as one JSON object." };
        var command = new Command("approve", "Approve a decision that asks for it.") { directory, role, key, trust, ledger, logKey, json };
        VerbAction.Set(command, host, (result, _) =>
        {
            var request = new ApprovalRequest(result.GetValue(directory)!, result.GetValue(role)!, result.GetValue(key)!)
            {
                Trust = result.GetValue(trust),
                Ledger = result.GetValue(ledger),
                LogKey = result.GetValue(logKey),
            };
            var outcome = request.Execute(host);
            host.Out.WriteLine(result.GetValue(json) ? outcome.ToJson() : outcome.Message);
            return Task.FromResult(outcome.ExitCode);
        });
        return command;
    }
}
