using System.Text.Json.Nodes;
using Kfm.Ledger.Lineage;

namespace Kfm.LedgerServer.Endpoints;

/// <summary>What led to an entry, what it led to, paths, and what tells two deployments apart; as of any size of the log.</summary>
internal static class LineageEndpoints
{
    private const int DefaultDepth = 20;

    public static void Map(IEndpointRouteBuilder routes, LedgerView view)
    {
        routes.MapGet("/lineage", (string nodeId, int? depth, int? upstream, int? downstream, long? asOf) =>
            Ask(view, asOf, [nodeId], (lineage, ends, _) => Both(view, lineage, ends[0], upstream ?? depth ?? DefaultDepth, downstream ?? depth ?? DefaultDepth, asOf)));
        routes.MapGet("/api/causes", (string nodeId, long? asOf) => Ask(view, asOf, [nodeId], (lineage, ends, reach) => new JsonObject
        {
            ["paths"] = new JsonArray([.. lineage.Causes(ends[0], reach).Select(p => Indexes(p.Nodes))]),
        }));
        routes.MapGet("/api/path", (string from, string to, long? asOf) => Ask(view, asOf, [from, to], (lineage, ends, reach) => new JsonObject
        {
            ["path"] = lineage.Path(ends[0], ends[1], reach) is { } path ? Indexes(path.Nodes) : null,
        }));
        routes.MapGet("/api/diff", (string left, string right, long? asOf) => Ask(view, asOf, [left, right], (lineage, ends, reach) => Diff(view, lineage, ends, reach)));
    }

    private static IResult Ask(LedgerView view, long? asOf, string[] ids, Func<LineageQuery, long[], LineageReach, JsonObject> answer)
    {
        var lineage = view.Lineage();
        var ends = new long[ids.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            if (view.Index(ids[i]) is not { } index)
            {
                return Answer.NotFound($"There is no entry '{ids[i]}'; an id is written entry:12 or intent:sha256:….");
            }

            ends[i] = index;
        }

        try
        {
            return Answer.Json(answer(lineage, ends, new LineageReach { AsOf = asOf, Depth = 1000 }));
        }
        catch (ArgumentOutOfRangeException e)
        {
            return Answer.NotFound(e.Message);
        }
        catch (ArgumentException e)
        {
            return Answer.BadRequest(e.Message);
        }
    }

    private static JsonObject Both(LedgerView view, LineageQuery lineage, long index, int upstream, int downstream, long? asOf)
    {
        var walks = new[] { (LineageDirection.Upstream, upstream), (LineageDirection.Downstream, downstream) }
            .Where(w => w.Item2 > 0)
            .Select(w => lineage.Walk(index, w.Item1, new LineageReach { Depth = w.Item2, AsOf = asOf }))
            .ToList();
        if (walks.Count == 0)
        {
            walks.Add(lineage.Walk(index, LineageDirection.Upstream, new LineageReach { Depth = 1, AsOf = asOf, MaxNodes = 1 }));
        }

        var nodes = walks.SelectMany(w => w.Nodes).DistinctBy(n => n.Index).OrderBy(n => n.Index);
        var edges = walks.SelectMany(w => w.Edges).Distinct().OrderBy(e => (e.Cause, e.Effect));
        return new JsonObject
        {
            ["id"] = NodeJson.Id(index),
            ["root"] = index,
            ["size"] = walks[0].Size,
            ["complete"] = walks.All(w => w.IsComplete),
            ["nodes"] = new JsonArray([.. nodes.Select(n => (JsonNode)Node(view, n))]),
            ["edges"] = new JsonArray([.. edges.Select(e => (JsonNode)new JsonObject { ["cause"] = e.Cause, ["effect"] = e.Effect })]),
        };
    }

    private static JsonObject Diff(LedgerView view, LineageQuery lineage, long[] ends, LineageReach reach)
    {
        var sides = ends.Select(e => lineage.Walk(e, LineageDirection.Upstream, reach).Nodes.Where(n => n.Index != e).ToDictionary(n => n.Index)).ToArray();
        JsonArray Only(int side) => [.. sides[side].Values.Where(n => !sides[1 - side].ContainsKey(n.Index)).OrderBy(n => n.Index).Select(n => (JsonNode)Node(view, n))];
        return new JsonObject { ["onlyLeft"] = Only(0), ["onlyRight"] = Only(1), ["common"] = sides[0].Keys.Count(sides[1].ContainsKey) };
    }

    private static JsonObject Node(LedgerView view, LineageNode node) => NodeJson.Of(node, view.Log.Read(node.Index).Entry);

    private static JsonArray Indexes(IEnumerable<LineageNode> nodes) => [.. nodes.Select(n => (JsonNode)n.Index)];
}
