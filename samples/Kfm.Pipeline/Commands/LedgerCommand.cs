using System.CommandLine;
using System.Globalization;
using Kfm.Ledger;
using Kfm.Ledger.Verification;
using Kfm.Pipeline.Stages;
using Kfm.Pipeline.Terminal;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm ledger fsck|show|prove</c>, and the verbs of lineage, records and retention.</summary>
internal static class LedgerCommand
{
    public static Command Create(HostEnvironment host)
    {
        var command = new Command("ledger", "Check, read and prove the ledger; ask where things came from; record what happened; keep and forget.");
        command.Subcommands.Add(Fsck(host));
        command.Subcommands.Add(Show(host));
        command.Subcommands.Add(Prove(host));
        foreach (var verb in (Command[])[.. LedgerLineageCommands.Create(host), LedgerRecordCommand.Create(host), .. LedgerRetentionCommands.Create(host), .. LedgerExportCommands.Create(host)])
        {
            command.Subcommands.Add(verb);
        }

        return command;
    }

    internal static Option<string> File() => new("--ledger") { Description = "The ledger file.", Required = true };

    private static Command Fsck(HostEnvironment host)
    {
        var file = File();
        var trust = new Option<string?>("--trust") { Description = "The trust file with the key of the log. Without it no signature is checked." };
        var anchor = new Option<string?>("--anchor") { Description = "A file with a checkpoint of the log that was kept elsewhere; needs --trust." };
        var level = new Option<CheckLevel>("--level")
        {
            Description = "How much to check: head, tiles, entries, indexes, history.",
            DefaultValueFactory = _ => CheckLevel.History,
        };
        var repair = new Option<bool>("--repair") { Description = "Compute tiles, indexes and head again where they are wrong; never entries." };
        var command = new Command("fsck", "Recompute the log and check its checkpoints.") { file, trust, anchor, level, repair };
        command.Validators.Add(result =>
        {
            if (result.GetResult(anchor) is not null && result.GetResult(trust) is null)
            {
                result.AddError("An anchor proves nothing without the key of the log: name a trust file by --trust.");
            }
        });
        VerbAction.Set(command, host, (result, token) => Task.FromResult(LedgerFsck.Run(
            new LedgerFsckOptions(result.GetValue(file)!, result.GetValue(trust), result.GetValue(anchor), result.GetValue(level), result.GetValue(repair)), host, token)));
        return command;
    }

    private static Command Show(HostEnvironment host)
    {
        var file = File();
        var trace = new Option<Guid?>("--trace") { Description = "Only the entries of this trace." };
        var command = new Command("show", "List the entries.") { file, trace };
        VerbAction.Set(command, host, (result, _) =>
        {
            using var log = LedgerAccess.Existing(Existing(result.GetValue(file)!), host);
            var entries = result.GetValue(trace) is { } id ? log.FindByTrace(id) : log.Entries(0, int.MaxValue);
            new RunConsole(host.Out, host.Interactive).Table(["index", "time", "kind", "subject", "trace"], [.. entries.Select(Row)]);
            return Task.FromResult(ExitCode.Allow);
        });
        return command;
    }

    private static Command Prove(HostEnvironment host)
    {
        var file = File();
        var index = new Option<long?>("--index") { Description = "Prove that this entry is in the log." };
        var from = new Option<long?>("--from") { Description = "Prove that the log of this size is a prefix of the log of size --to." };
        var to = new Option<long?>("--to") { Description = "The later size. Default: the present one." };
        var command = new Command("prove", "Print an inclusion or a consistency proof.") { file, index, from, to };
        command.Validators.Add(result =>
        {
            if ((result.GetResult(index) is null) == (result.GetResult(from) is null))
            {
                result.AddError("Name one of --index and --from.");
            }
        });
        VerbAction.Set(command, host, (result, _) =>
        {
            using var log = LedgerAccess.Existing(Existing(result.GetValue(file)!), host);
            var (wanted, size) = (result.GetValue(index) ?? result.GetValue(from)!.Value, log.Size);
            var later = result.GetValue(to) ?? size;
            if (wanted < 0 || later > size || (result.GetValue(index) is not null ? wanted >= size : wanted < 1 || wanted > later))
            {
                throw new LedgerRangeException(wanted, size);
            }

            host.Out.Write(result.GetValue(index) is { } entry
                ? log.ProveInclusion(entry).ToString()
                : string.Concat(log.ProveConsistency(wanted, later).Select(h => h + "\n")));
            return Task.FromResult(ExitCode.Allow);
        });
        return command;
    }

    internal static string Existing(string path) => System.IO.File.Exists(path)
        ? path
        : throw new FileNotFoundException($"there is no ledger at '{path}'.");

    private static IReadOnlyList<string> Row(LogEntry e) =>
    [
        e.Index.ToString(CultureInfo.InvariantCulture),
        e.Entry.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
        e.Entry.Kind.ToString().ToLowerInvariant(),
        e.Entry.Subject.ToString(),
        e.Entry.TraceId?.ToString() ?? "",
    ];
}
