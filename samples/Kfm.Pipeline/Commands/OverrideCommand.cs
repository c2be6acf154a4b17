using System.CommandLine;
using Kfm.Agent.Autonomy;
using Kfm.Pipeline.Terminal;
using Kfm.Pipeline.Verification;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm override</c>: adds a signed justification to a bundle whose gates denied.</summary>
internal static class OverrideCommand
{
    public static Command Create(HostEnvironment host)
    {
        var directory = new Argument<string>("bundle") { Description = "The bundle directory." };
        var gate = new Option<string>("--gate") { Description = "The gate that denied.", Required = true };
        var scope = new Option<string[]>("--scope") { Description = "What to lift: a check such as build.reproducible, the path in one, or a whole reason; repeatable.", Required = true };
        var until = new Option<DateTimeOffset>("--until") { Description = "When the override ends.", Required = true };
        var reason = new Option<string>("--reason") { Description = "The justification, one line. No personal data and no secrets.", Required = true };
        var key = new Option<string>("--key") { Description = "Your private key.", Required = true };
        var role = new Option<string?>("--role") { Description = "The role in which you override. Default: the first that you have of those that must sign." };
        role.AcceptOnlyFromAmong([.. ApprovalRoles.All]);
        var trust = new Option<string?>("--trust") { Description = "The trust file. Default: the user's state folder." };
        var ledger = new Option<string?>("--ledger") { Description = "The ledger file. Default: the user's own for the repository." };
        var logKey = new Option<string?>("--log-key") { Description = "The private key of the ledger. Default: the user's own." };
        var json = new Option<bool>("--json") { Description = "Print the result as one JSON object." };
        var command = new Command("override", "Lift named reasons of a denial for a time, where the policies permit it.") { directory, gate, scope, until, reason, key, role, trust, ledger, logKey, json };
        VerbAction.Set(command, host, (result, _) =>
        {
            var request = new OverrideRequest(
                result.GetValue(directory)!, result.GetValue(gate)!, result.GetValue(scope)!, result.GetValue(until), result.GetValue(reason)!, result.GetValue(key)!)
            {
                Role = result.GetValue(role),
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
