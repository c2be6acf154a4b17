using System.CommandLine;
using System.Globalization;
using Kfm.Ledger;
using Kfm.Ledger.Entries;
using Kfm.Ledger.Lineage;
using Kfm.Pipeline.Stages;
using Kfm.Pipeline.Terminal;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm ledger record deployment|rollback|incident</c>: enters what happened in operation.</summary>
internal static class LedgerRecordCommand
{
    public static Command Create(HostEnvironment host)
    {
        var command = new Command("record", "Enter what happened in operation, so that lineage and DORA figures know it.");
        command.Subcommands.Add(Deployment(host));
        command.Subcommands.Add(Rollback(host));
        command.Subcommands.Add(Incident(host));
        return command;
    }

    private static Command Deployment(HostEnvironment host)
    {
        var decision = new Option<string>("--decision") { Description = "The decision that was deployed. " + LedgerNode.Help, Required = true };
        var environment = new Option<string>("--environment") { Description = "Where it was deployed.", DefaultValueFactory = _ => "production" };
        var failed = new Option<bool>("--failed") { Description = "The deployment failed." };
        var command = new Command("deployment", "A change was put into operation.") { decision, environment, failed };
        Set(command, host, (log, result, happened) =>
        {
            var decided = LedgerNode.Find(log, result.GetValue(decision)!, LedgerEntryKind.Decision);

            // Who approved it is part of how it came to be deployed.
            var approvals = new LineageQuery(log).Impact(decided.Index, new LineageReach { Depth = 1 }).Nodes.Where(n => n.Kind == LedgerEntryKind.Approval);
            return happened with
            {
                Kind = LedgerEntryKind.Deployment,
                Causes = [decided, .. approvals.Select(a => log.Read(a.Index))],
                Environment = result.GetValue(environment),
                HasFailed = result.GetValue(failed),
            };
        });
        return command;
    }

    private static Command Rollback(HostEnvironment host)
    {
        var deployment = new Option<string>("--deployment") { Description = "The deployment that was taken back. " + LedgerNode.Help, Required = true };
        var incident = new Option<string?>("--incident") { Description = "The incident that it ended." };
        var command = new Command("rollback", "A deployment was taken back.") { deployment, incident };
        Set(command, host, (log, result, happened) => happened with
        {
            Kind = LedgerEntryKind.Rollback,
            Causes =
            [
                LedgerNode.Find(log, result.GetValue(deployment)!, LedgerEntryKind.Deployment),
                .. result.GetValue(incident) is { } name ? [LedgerNode.Find(log, name, LedgerEntryKind.Incident)] : (LogEntry[])[],
            ],
        });
        return command;
    }

    private static Command Incident(HostEnvironment host)
    {
        var deployment = new Option<string?>("--deployment") { Description = "The deployment that it came from. " + LedgerNode.Help };
        var resolves = new Option<string?>("--resolves") { Description = "This is the end of that incident." };
        var command = new Command("incident", "Operation was disturbed, or was restored.") { deployment, resolves };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(deployment) is null) == (result.GetValue(resolves) is null))
            {
                result.AddError("Name one of --deployment and --resolves.");
            }
        });
        Set(command, host, (log, result, happened) => happened with
        {
            Kind = LedgerEntryKind.Incident,
            IsResolution = result.GetValue(resolves) is not null,
            Causes = result.GetValue(resolves) is { } incident
                ? [LedgerNode.Find(log, incident, LedgerEntryKind.Incident)]
                : [LedgerNode.Find(log, result.GetValue(deployment)!, LedgerEntryKind.Deployment)],
        });
        return command;
    }

    private static void Set(Command command, HostEnvironment host, Func<TransparencyLog, ParseResult, OperationEvent, OperationEvent> complete)
    {
        var file = LedgerCommand.File();
        var reporter = new Option<string>("--by") { Description = "Who says so: a pseudonymous id, such as ci:deploy. No personal data.", Required = true };
        var key = new Option<string?>("--key") { Description = "The private key of the reporter. Without it the entry is attributed, and nothing proves it." };
        var time = new Option<DateTimeOffset?>("--time") { Description = "When it happened. Default: now." };
        var note = new Option<string?>("--note") { Description = "A short text without personal data." };
        var json = new Option<bool>("--json") { Description = "Print the result as one JSON object." };
        foreach (var option in (Option[])[file, reporter, key, time, note, json])
        {
            command.Options.Add(option);
        }

        VerbAction.Set(command, host, (result, _) =>
        {
            using var log = LedgerAccess.Existing(LedgerCommand.Existing(result.GetValue(file)!), host);
            using var signer = result.GetValue(key) is { } path ? LocalSigningKey.Load(path) : null;
            var happened = complete(log, result, new OperationEvent
            {
                Kind = default,
                Causes = [],
                Time = result.GetValue(time) ?? host.Time.GetUtcNow(),
                Reporter = result.GetValue(reporter)!,
                Note = result.GetValue(note),
            });
            var entry = happened.ToEntry(signer);
            var receipt = log.Append([entry])[0];
            host.Out.WriteLine(result.GetValue(json)
                ? LedgerJson.Write(new AppendedJson(receipt.Index, entry.Kind, entry.Subject, receipt.IsNew), LedgerJson.Default.AppendedJson)
                : string.Create(CultureInfo.InvariantCulture, $"{entry.Kind.ToString().ToLowerInvariant()} {entry.Subject}, entry {receipt.Index} of the ledger"));
            return Task.FromResult(ExitCode.Allow);
        });
    }
}
