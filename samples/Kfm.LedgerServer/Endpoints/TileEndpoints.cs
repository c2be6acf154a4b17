using Kfm.Ledger.Tiles;

namespace Kfm.LedgerServer.Endpoints;

/// <summary>The read API of C2SP tlog-tiles: the checkpoint, tiles and bundles of entries. What is full never changes and may be kept for ever.</summary>
internal static class TileEndpoints
{
    private const string Forever = "public, max-age=31536000, immutable";
    private const string ForAWhile = "public, max-age=60";

    public static void Map(IEndpointRouteBuilder routes, LedgerView view)
    {
        routes.MapGet("/checkpoint", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-cache";
            return view.Head() is { } head
                ? Results.Text(head.Note, "text/plain; charset=utf-8")
                : Answer.NotFound("No checkpoint is kept yet.");
        });
        routes.MapGet("/tile/{level}/{**index}", (HttpContext context, string level, string index) => Tile(context, view, level, index));
    }

    private static IResult Tile(HttpContext context, LedgerView view, string level, string index)
    {
        var entries = level == "entries";
        if (!TilePath.TryParse(entries ? "0" : level, index, out var tile, out var width))
        {
            return Answer.NotFound("The path is not that of a tile (C2SP tlog-tiles).");
        }

        if ((entries ? view.Log.ReadEntryBundle(tile.Number, width) : view.Log.ReadTile(tile, width)) is not { } bytes)
        {
            return Answer.NotFound("The log is not that large, or what it held there was pruned.");
        }

        context.Response.Headers.CacheControl = width == Kfm.Ledger.Tiles.Tile.Width ? Forever : ForAWhile;
        return Results.Bytes(bytes, "application/octet-stream");
    }
}
