namespace Kfm.LedgerServer.Endpoints;

/// <summary>The read API of C2SP tlog-tiles.</summary>
internal static class TileEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, LedgerView view)
    {
        routes.MapGet("/checkpoint", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-cache";
            return view.Head() is { } head
                ? Results.Text(head.Note, "text/plain; charset=utf-8")
                : Answer.NotFound("No checkpoint is kept yet.");
        });
    }
}
