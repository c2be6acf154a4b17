using System.CommandLine;
using Kfm.Agent.Autonomy;
using Kfm.Agent.Processes;
using Kfm.Pipeline.Stages;
using Kfm.Pipeline.Terminal;
using Kfm.Pipeline.Verification;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm halt</c> and <c>kfm resume</c>: stop agents, for everything or for a component, and let them work again.</summary>
internal static class HaltCommands
{
    public static void AddTo(Command root, HostEnvironment host)
    {
        root.Subcommands.Add(Create(host, "halt", "Stop agents: everything, or one component. Exit code of --status: 0 nothing is halted, 2 something is, 1 nobody can tell.", true));
        root.Subcommands.Add(Create(host, "resume", "Let agents work again: everything by council and security, a component by a lead under changed policies. Exit code: 0 resumed, 3 something is missing, 2 refused.", false));
    }

    private static Command Create(HostEnvironment host, string name, string description, bool halts)
    {
        var repo = new Option<string>("--repo") { Description = "The git repository; people, components and policies are those of its HEAD.", Required = true };
        var scope = new Option<string?>("--scope") { Description = "global or service." };
        scope.AcceptOnlyFromAmong(HaltStatement.Global, HaltStatement.PerService);
        var service = new Option<string?>("--service") { Description = "The component of kfm.json, for the scope service." };
        var reason = new Option<string?>("--reason") { Description = "Why, one line. No personal data and no secrets." };
        var key = new Option<string?>("--key") { Description = "Your private key." };
        var role = new Option<string?>("--role") { Description = "The role in which you sign. Default: the first of yours that fits." };
        role.AcceptOnlyFromAmong([.. ApprovalRoles.All]);
        var ledger = new Option<string?>("--ledger") { Description = "The ledger file. Default: the user's own for the repository." };
        var logKey = new Option<string?>("--log-key") { Description = "The private key of the ledger. Default: the user's own." };
        var status = new Option<bool>("--status") { Description = "Say what is halted, since when, why, and what is missing to resume." };
        var json = new Option<bool>("--json") { Description = "Print the result as one JSON object." };
        var command = new Command(name, description) { repo, scope, service, reason, key, role, ledger, logKey, json };
        if (halts)
        {
            command.Options.Add(status);
        }

        command.Validators.Add(result =>
        {
            if (halts && result.GetValue(status))
            {
                return;
            }

            if (result.GetValue(scope) is null || result.GetValue(reason) is null || result.GetValue(key) is null)
            {
                result.AddError("Name --scope, --reason and --key.");
            }
            else if ((result.GetValue(scope) == HaltStatement.PerService) != (result.GetValue(service) is not null))
            {
                result.AddError("--service goes with --scope service.");
            }
        });
        VerbAction.Set(command, host, async (result, token) =>
        {
            var at = await RepositoryBase.OpenAsync(new ProcessRunner(new ProcessTimer(TimeProvider.System)), result.GetValue(repo)!, "HEAD", token);
            if (halts && result.GetValue(status))
            {
                var report = new HaltReport(HaltLedger.Read(at, result.GetValue(ledger), host));
                host.Out.WriteLine(result.GetValue(json) ? report.ToJson() : report.ToText());
                return report.ExitCode;
            }

            var request = new HaltRequest(at, result.GetValue(service), result.GetValue(reason)!, result.GetValue(key)!)
            {
                Role = result.GetValue(role),
                Ledger = result.GetValue(ledger),
                LogKey = result.GetValue(logKey),
            };
            var outcome = halts ? request.Halt(host) : request.Resume(host);
            host.Out.WriteLine(result.GetValue(json) ? outcome.ToJson() : outcome.Message);
            return outcome.ExitCode;
        });
        return command;
    }
}
