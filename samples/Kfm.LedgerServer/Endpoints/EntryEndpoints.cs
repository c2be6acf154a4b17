using System.Text;
using System.Text.Json.Nodes;
using Kfm.Ledger;
using Kfm.Ledger.Entries;
using Kfm.Ledger.Lineage;

namespace Kfm.LedgerServer.Endpoints;

/// <summary>The log as a whole, its entries, and their proofs.</summary>
internal static class EntryEndpoints
{
    private const int MaxCount = 500;

    public static void Map(IEndpointRouteBuilder routes, LedgerView view, TimeProvider clock)
    {
        routes.MapGet("/api/log", () => Answer.Json(Log(view)));
        routes.MapGet("/api/entries", (long? before, int? count, string? kind) => List(view.Log, before, count ?? 25, kind));
        routes.MapGet("/api/entries/{index:long}", (long index) => WithEntry(view.Log, index, e => Answer.Json(Entry(e))));
        routes.MapGet("/api/entries/{index:long}/proof", (long index, long? size) => WithEntry(view.Log, index, _ => Proof(view.Log, index, size)));
        routes.MapGet("/api/dora", (long? asOf) => Answer.Json(Dora(view, asOf, clock)));
    }

    private static JsonObject Log(LedgerView view)
    {
        var head = view.Head();
        return new JsonObject
        {
            ["origin"] = view.Log.Origin,
            ["size"] = view.Log.Size,
            ["rootHash"] = head?.Checkpoint.Root?.ToDigest().Hex,
            ["verifierKey"] = view.Log.StoredVerifier,
            ["kinds"] = new JsonArray([.. Enum.GetValues<LedgerEntryKind>().Select(k => (JsonNode)NodeJson.Name(k))]),
            ["checkpoints"] = new JsonArray([.. view.Log.Checkpoints().Select(c => (JsonNode)new JsonObject { ["size"] = c.Size, ["time"] = NodeJson.Time(c.Recorded) })]),
        };
    }

    private static IResult List(TransparencyLog log, long? before, int count, string? kind)
    {
        if (count is < 1 or > MaxCount)
        {
            return Answer.BadRequest($"The count is 1 to {MaxCount}.");
        }

        var end = Math.Clamp(before ?? log.Size, 0, log.Size);
        if (kind is null)
        {
            var first = Math.Max(0, end - count);
            return Answer.Json(Page(log.Entries(first, (int)(end - first)).Reverse(), first > 0 ? first : null));
        }

        if (!kind.All(char.IsAsciiLetter) || !Enum.TryParse<LedgerEntryKind>(kind, ignoreCase: true, out var parsed))
        {
            return Answer.BadRequest($"There is no kind '{kind}'.");
        }

        var found = log.FindByKind(parsed).Where(e => e.Index < end).Reverse().Take(count + 1).ToList();
        return Answer.Json(Page(found.Take(count), found.Count > count ? found[count - 1].Index : null));
    }

    private static JsonObject Page(IEnumerable<LogEntry> entries, long? next) => new()
    {
        ["entries"] = new JsonArray([.. entries.Select(e => (JsonNode)new JsonObject
        {
            ["index"] = e.Index,
            ["kind"] = NodeJson.Name(e.Entry.Kind),
            ["time"] = NodeJson.Time(e.Entry.Time),
            ["subject"] = e.Entry.Subject.ToString(),
        })]),
        ["next"] = next,
    };

    private static JsonObject Entry(LogEntry entry)
    {
        var raw = Encoding.UTF8.GetString(entry.Bytes.Span);
        return new JsonObject
        {
            ["index"] = entry.Index,
            ["leafHash"] = entry.LeafHash.ToDigest().Hex,
            ["raw"] = raw,
            ["entry"] = JsonNode.Parse(raw),
        };
    }

    private static IResult Proof(TransparencyLog log, long index, long? size)
    {
        try
        {
            return Results.Text(log.ProveInclusion(index, size).ToString(), "text/plain; charset=utf-8");
        }
        catch (InvalidOperationException)
        {
            return Answer.NotFound("No checkpoint of this size is kept, and this server has no key to sign one; choose the size of a checkpoint.");
        }
        catch (ArgumentOutOfRangeException e)
        {
            return Answer.NotFound(e.Message);
        }
    }

    private static JsonObject Dora(LedgerView view, long? asOf, TimeProvider clock)
    {
        var to = clock.GetUtcNow();
        var figures = DoraReport.Compute(view.Log, view.Lineage(), new DoraWindow(to.AddDays(-90), to) { AsOf = asOf });
        return figures.Deployments == 0
            ? []
            : new JsonObject
            {
                ["Deployments in 90 days"] = figures.Deployments,
                ["Deployments a day"] = Math.Round(figures.DeploymentsPerDay, 3),
                ["Lead time (median)"] = figures.LeadTime?.ToString("c"),
                ["Change failure rate"] = figures.ChangeFailureRate is { } rate ? $"{Math.Round(rate * 100, 1)} %" : null,
                ["Time to restore (median)"] = figures.TimeToRestore?.ToString("c"),
                ["Open incidents"] = figures.OpenIncidents,
            };
    }

    private static IResult WithEntry(TransparencyLog log, long index, Func<LogEntry, IResult> answer) => index >= 0 && index < log.Size
        ? answer(log.Read(index))
        : Answer.NotFound($"The log has no entry {index}.");
}
