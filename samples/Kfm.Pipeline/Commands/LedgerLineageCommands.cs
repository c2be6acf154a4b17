using System.CommandLine;
using System.Globalization;
using Kfm.Ledger;
using Kfm.Ledger.Entries;
using Kfm.Ledger.Lineage;
using Kfm.Pipeline.Stages;
using Kfm.Pipeline.Terminal;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm ledger lineage|impact|cause|dora</c>: asks the ledger what came from what.</summary>
internal static class LedgerLineageCommands
{
    public static IEnumerable<Command> Create(HostEnvironment host) => [Lineage(host), Impact(host), Cause(host), Dora(host)];

    private static Argument<string> Node() => new("entry") { Description = LedgerNode.Help };

    private static Option<bool> Json() => new("--json") { Description = "Print the result as one JSON value." };

    private static Option<int> Depth() => new("--depth") { Description = "How many steps to go; 1 to 1000.", DefaultValueFactory = _ => 20 };

    private static Option<long?> AsOf() => new("--as-of") { Description = "Ask the log as it was at this size, such as that of a checkpoint. Default: the present one." };

    private static Command Lineage(HostEnvironment host)
    {
        var (node, file, depth, asOf, json) = (Node(), LedgerCommand.File(), Depth(), AsOf(), Json());
        var to = new Option<string?>("--to") { Description = "Show the path between the entry and this one instead." };
        var command = new Command("lineage", "Show what an entry came from, back to the intent.") { node, file, depth, asOf, to, json };
        Set(command, host, file, (log, result) =>
        {
            var (query, reach) = (new LineageQuery(log), Reach(log, result.GetValue(depth), result.GetValue(asOf)));
            var start = LedgerNode.Find(log, result.GetValue(node)!).Index;
            if (result.GetValue(to) is { } end)
            {
                var path = query.Path(Within(start, reach), Within(LedgerNode.Find(log, end).Index, reach), reach);
                return Paths(host, log, path is null ? [] : [path], result.GetValue(json), "No path leads from one to the other.");
            }

            return View(host, log, query.Walk(Within(start, reach), LineageDirection.Upstream, reach), result.GetValue(json));
        });
        return command;
    }

    private static Command Impact(HostEnvironment host)
    {
        var (node, file, depth, asOf, json) = (Node(), LedgerCommand.File(), Depth(), AsOf(), Json());
        var command = new Command("impact", "Show what an entry touched: everything that came of it.") { node, file, depth, asOf, json };
        Set(command, host, file, (log, result) =>
        {
            var reach = Reach(log, result.GetValue(depth), result.GetValue(asOf));
            return View(host, log, new LineageQuery(log).Impact(Within(LedgerNode.Find(log, result.GetValue(node)!).Index, reach), reach), result.GetValue(json));
        });
        return command;
    }

    private static Command Cause(HostEnvironment host)
    {
        var (node, file, asOf, json) = (Node(), LedgerCommand.File(), AsOf(), Json());
        var command = new Command("cause", "Show which intents caused an entry, such as an incident.") { node, file, asOf, json };
        Set(command, host, file, (log, result) =>
        {
            var reach = Reach(log, 1000, result.GetValue(asOf));
            var paths = new LineageQuery(log).Causes(Within(LedgerNode.Find(log, result.GetValue(node)!).Index, reach), reach);
            return Paths(host, log, paths, result.GetValue(json), "No intent is known to have caused it.");
        });
        return command;
    }

    private static Command Dora(HostEnvironment host)
    {
        var (file, asOf, json) = (LedgerCommand.File(), AsOf(), Json());
        var from = new Option<DateTimeOffset?>("--from") { Description = "The start of the window. Default: 30 days before its end." };
        var to = new Option<DateTimeOffset?>("--to") { Description = "The end of the window. Default: now." };
        var environment = new Option<string?>("--environment") { Description = "The environment that counts; 'any' counts all.", DefaultValueFactory = _ => "production" };
        var command = new Command("dora", "Compute deployment frequency, lead time, change failure rate and time to restore.") { file, from, to, environment, asOf, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(from) is { } start && start >= (result.GetValue(to) ?? DateTimeOffset.MaxValue))
            {
                result.AddError("The window ends after it begins.");
            }
        });
        Set(command, host, file, (log, result) =>
        {
            var end = result.GetValue(to) ?? host.Time.GetUtcNow();
            var window = new DoraWindow(result.GetValue(from) ?? end.AddDays(-30), end)
            {
                Environment = result.GetValue(environment) is "any" ? null : result.GetValue(environment),
                AsOf = Reach(log, 1, result.GetValue(asOf)).AsOf,
            };
            if (window.To <= window.From)
            {
                throw new LedgerRangeException("the window ends before it begins.");
            }

            var figures = DoraReport.Compute(log, new LineageQuery(log), window);
            if (result.GetValue(json))
            {
                host.Out.WriteLine(LedgerJson.Write(figures, LedgerJson.Default.DoraFigures));
            }
            else
            {
                Print(host, figures);
            }

            return ExitCode.Allow;
        });
        return command;
    }

    private static void Print(HostEnvironment host, DoraFigures figures) => new RunConsole(host.Out, host.Interactive).Table(["figure", "value"],
    [
        ["deployment frequency", string.Create(CultureInfo.InvariantCulture, $"{figures.DeploymentsPerDay:0.###} a day ({figures.Deployments} in {figures.Days:0.#} days)")],
        ["lead time for changes", Text(figures.LeadTime)],
        ["change failure rate", figures.ChangeFailureRate is { } rate
            ? string.Create(CultureInfo.InvariantCulture, $"{rate * 100:0.#} % ({figures.FailedDeployments} of {figures.Deployments})")
            : "no data"],
        ["time to restore", Text(figures.TimeToRestore)],
        ["open incidents", figures.OpenIncidents.ToString(CultureInfo.InvariantCulture)],
    ]);

    private static string Text(TimeSpan? span) => span?.ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture) ?? "no data";

    private static void Set(Command command, HostEnvironment host, Option<string> file, Func<TransparencyLog, ParseResult, int> action) =>
        VerbAction.Set(command, host, (result, _) =>
        {
            using var log = LedgerAccess.Existing(LedgerCommand.Existing(result.GetValue(file)!), host);
            return Task.FromResult(action(log, result));
        });

    private static LineageReach Reach(TransparencyLog log, int depth, long? asOf)
    {
        var reach = new LineageReach { Depth = depth, AsOf = asOf };
        return depth is >= 1 and <= 1000 && asOf is null or >= 0 && !(asOf > log.Size)
            ? reach
            : throw new LedgerRangeException("the depth is 1 to 1000, and the size is not beyond the log.");
    }

    private static long Within(long index, LineageReach reach) =>
        index < (reach.AsOf ?? long.MaxValue) ? index : throw new LedgerRangeException(index, reach.AsOf!.Value);

    private static int View(HostEnvironment host, TransparencyLog log, LineageView view, bool json)
    {
        if (json)
        {
            host.Out.WriteLine(LedgerJson.Write(view, LedgerJson.Default.LineageView));
            return ExitCode.Allow;
        }

        Table(host, log, view.Nodes);
        if (!view.IsComplete)
        {
            host.Out.WriteLine("There is more: raise --depth.");
        }

        return ExitCode.Allow;
    }

    private static int Paths(HostEnvironment host, TransparencyLog log, IReadOnlyList<LineagePath> paths, bool json, string none)
    {
        if (json)
        {
            host.Out.WriteLine(LedgerJson.Write(paths, LedgerJson.Default.IReadOnlyListLineagePath));
        }
        else if (paths.Count == 0)
        {
            host.Out.WriteLine(none);
        }

        foreach (var path in json ? [] : paths)
        {
            Table(host, log, path.Nodes);
        }

        return paths.Count > 0 ? ExitCode.Allow : ExitCode.Deny;
    }

    private static void Table(HostEnvironment host, TransparencyLog log, IReadOnlyList<LineageNode> nodes) => new RunConsole(host.Out, host.Interactive).Table(
        ["index", "time", "kind", "subject", "made by"], [.. nodes.Select(n => Row(log, n))]);

    private static IReadOnlyList<string> Row(TransparencyLog log, LineageNode node) =>
    [
        node.Index.ToString(CultureInfo.InvariantCulture),
        node.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        node.Kind.ToString().ToLowerInvariant(),
        node.Subject.ToString(),
        string.Join(' ', log.Read(node.Index).Entry.Links.Where(IsAuthor).Select(l => l.Role + " " + l.Digest.Hex[..12])),
    ];

    private static bool IsAuthor(LedgerLink link) => link.Role is "model" or "prompt";
}
