using System.CommandLine;
using System.Globalization;
using Kfm.Ledger;
using Kfm.Ledger.Entries;
using Kfm.Ledger.Erasure;
using Kfm.Ledger.Retention;
using Kfm.Pipeline.Stages;
using Kfm.Pipeline.Terminal;
using Kfm.Provenance.Digests;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm ledger retain|hold|prune|erase</c>: what is kept, what is held, what is disposed of, who is forgotten.</summary>
internal static class LedgerRetentionCommands
{
    public static IEnumerable<Command> Create(HostEnvironment host) => [Retain(host), Hold(host), Prune(host), Erase(host)];

    private static Option<bool> Json() => new("--json") { Description = "Print the result as one JSON value." };

    private static Option<int> Years() => new("--years") { Description = "How many years entries are kept; 1 to 1000.", DefaultValueFactory = _ => new RetentionPolicy().Years };

    private static Option<string> Authority() => new("--authority") { Description = "By whose authority. It stands in the ledger, so no personal data.", Required = true };

    private static Option<string> Reason() => new("--reason") { Description = "Why. It stands in the ledger, so no personal data.", Required = true };

    private static Command Retain(HostEnvironment host)
    {
        var (file, years, json) = (LedgerCommand.File(), Years(), Json());
        var command = new Command("retain", "Show what has to be kept, and what holds it.") { file, years, json };
        Set(command, host, file, (log, result) => Tell(host, LogRetention.Plan(log, Policy(result.GetValue(years)), host.Time.GetUtcNow()), result.GetValue(json), "could be pruned"));
        return command;
    }

    private static Command Prune(HostEnvironment host)
    {
        var (file, years, authority, json) = (LedgerCommand.File(), Years(), Authority(), Json());
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be pruned, and change nothing." };
        var command = new Command("prune", "Dispose of the bytes of entries that are old enough. Their hashes stay, and all proofs with them.") { file, years, authority, dryRun, json };
        Set(command, host, file, (log, result) =>
        {
            var (policy, now) = (Policy(result.GetValue(years)), host.Time.GetUtcNow());
            return result.GetValue(dryRun)
                ? Tell(host, LogRetention.Plan(log, policy, now), result.GetValue(json), "would be pruned")
                : Tell(host, LogRetention.Prune(log, policy, result.GetValue(authority)!, Repository(log), now), result.GetValue(json), "were pruned");
        });
        return command;
    }

    private static Command Hold(HostEnvironment host)
    {
        var command = new Command("hold", "Lay, lift and list legal holds.");
        command.Subcommands.Add(Lay(host));
        command.Subcommands.Add(Lift(host));
        var (file, json) = (LedgerCommand.File(), Json());
        var list = new Command("list", "List the holds that stand.") { file, json };
        Set(list, host, file, (log, result) =>
        {
            var holds = LegalHolds.Standing(log);
            if (result.GetValue(json))
            {
                host.Out.WriteLine(LedgerJson.Write(holds, LedgerJson.Default.IReadOnlyListLegalHold));
            }
            else
            {
                new RunConsole(host.Out, host.Interactive).Table(["entry", "scope", "authority", "reason"], [.. holds.Select(Row)]);
            }

            return ExitCode.Allow;
        });
        command.Subcommands.Add(list);
        return command;
    }

    private static Command Lay(HostEnvironment host)
    {
        var (file, authority, reason, json) = (LedgerCommand.File(), Authority(), Reason(), Json());
        var scope = new Option<string>("--scope") { Description = "What to keep: log, trace:UUID, or person:sha256:PSEUDONYM.", Required = true };
        var command = new Command("lay", "Keep entries or a person's data until the hold is lifted.") { file, scope, authority, reason, json };
        Set(command, host, file, (log, result) =>
        {
            var kept = HoldScope.TryParse(result.GetValue(scope)!) ?? throw new LedgerRangeException($"'{result.GetValue(scope)}' is not a scope.");
            var hold = LegalHolds.Lay(log, Repository(log), kept, result.GetValue(authority)!, result.GetValue(reason)!, host.Time.GetUtcNow());
            host.Out.WriteLine(result.GetValue(json) ? LedgerJson.Write(hold, LedgerJson.Default.LegalHold) : string.Create(CultureInfo.InvariantCulture, $"{hold.Scope} is held by entry {hold.Index}."));
            return ExitCode.Allow;
        });
        return command;
    }

    private static Command Lift(HostEnvironment host)
    {
        var (file, authority, reason) = (LedgerCommand.File(), Authority(), Reason());
        var hold = new Option<long>("--hold") { Description = "The entry of the hold.", Required = true };
        var command = new Command("lift", "Lift a hold.") { file, hold, authority, reason };
        Set(command, host, file, (log, result) =>
        {
            var standing = LegalHolds.Standing(log).FirstOrDefault(h => h.Index == result.GetValue(hold))
                ?? throw new LedgerRangeException(string.Create(CultureInfo.InvariantCulture, $"entry {result.GetValue(hold)} is no hold that stands."));
            var receipt = LegalHolds.Lift(log, standing, result.GetValue(authority)!, result.GetValue(reason)!, host.Time.GetUtcNow());
            host.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{standing.Scope} is not held any more by entry {standing.Index}, by entry {receipt.Index}."));
            return ExitCode.Allow;
        });
        return command;
    }

    private static Command Erase(HostEnvironment host)
    {
        var (file, authority, reason, json) = (LedgerCommand.File(), Authority(), Reason(), Json());
        var subject = new Option<string>("--subject") { Description = "The id of the person, such as person:ada. It is written nowhere.", Required = true };
        var keys = new Option<string?>("--keys") { Description = "The database of subject keys. Default: the user's own for the ledger." };
        var command = new Command("erase", "Forget a person: destroy the key of everything that was sealed about them.") { file, subject, keys, authority, reason, json };
        Set(command, host, file, (log, result) =>
        {
            using var store = SubjectKeys.Open(result.GetValue(keys), log, host);
            var request = new ErasureRequest(result.GetValue(subject)!, result.GetValue(authority)!, result.GetValue(reason)!);
            var outcome = SubjectErasure.Erase(log, store, request, Repository(log), host.Time.GetUtcNow());
            host.Out.WriteLine(result.GetValue(json) ? LedgerJson.Write(outcome, LedgerJson.Default.ErasureOutcome) : Text(outcome));
            return outcome.Status is ErasureStatus.Erased or ErasureStatus.AlreadyErased ? ExitCode.Allow : ExitCode.Deny;
        });
        return command;
    }

    private static void Set(Command command, HostEnvironment host, Option<string> file, Func<TransparencyLog, ParseResult, int> action) =>
        VerbAction.Set(command, host, (result, _) =>
        {
            using var log = LedgerAccess.Existing(LedgerCommand.Existing(result.GetValue(file)!), host);
            return Task.FromResult(action(log, result));
        });

    private static RetentionPolicy Policy(int years) => years is >= 1 and <= 1000
        ? new RetentionPolicy { Years = years }
        : throw new LedgerRangeException("entries are kept for 1 to 1000 years.");

    private static int Tell(HostEnvironment host, RetentionPlan plan, bool json, string what)
    {
        host.Out.WriteLine(json
            ? LedgerJson.Write(plan, LedgerJson.Default.RetentionPlan)
            : string.Create(CultureInfo.InvariantCulture, $"{plan.Count} of {plan.Size} entries {what}; the first that is kept is {plan.NewMinimumIndex}. {Why(plan)}"));
        return ExitCode.Allow;
    }

    private static string Why(RetentionPlan plan) => plan switch
    {
        { Hold: { } hold } => string.Create(CultureInfo.InvariantCulture, $"Entry {plan.FirstKept} is held by entry {hold.Index} ({hold.Scope})."),
        { FirstKept: { } first } => string.Create(CultureInfo.InvariantCulture, $"Entry {first} is of {plan.Cutoff:yyyy-MM-dd} or later."),
        _ => "Entries go in whole bundles of 256.",
    };

    private static string Text(ErasureOutcome outcome) => outcome.Status switch
    {
        ErasureStatus.Erased => string.Create(CultureInfo.InvariantCulture, $"{outcome.Pseudonym} is erased: {outcome.Fields} fields are unreadable, by entry {outcome.Index}."),
        ErasureStatus.AlreadyErased => string.Create(CultureInfo.InvariantCulture, $"{outcome.Pseudonym} was erased before, by entry {outcome.Index}."),
        ErasureStatus.Held => string.Create(CultureInfo.InvariantCulture, $"{outcome.Pseudonym} is not erased: a hold forbids it, entry {outcome.Hold}."),
        _ => "Nothing was ever sealed about this person.",
    };

    private static IReadOnlyList<string> Row(LegalHold hold) => [hold.Index.ToString(CultureInfo.InvariantCulture), hold.Scope.Text, hold.Authority, hold.Reason];

    private static string Repository(TransparencyLog log) => log.MinimumIndex < log.Size
        ? log.Read(log.MinimumIndex).Entry.Repository
        : throw new LedgerRangeException("the log has no entry that names its repository.");
}
