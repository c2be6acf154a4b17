using System.Text;
using Kfm.Ledger.Witnesses;

namespace Kfm.LedgerServer.Endpoints;

/// <summary>The witness of other logs (C2SP tlog-witness), where the host was given a key for it.</summary>
internal static class WitnessEndpoints
{
    private const int MaxBytes = 64 * 1024;

    public static void Map(IEndpointRouteBuilder routes, Witness? witness) => routes.MapPost("/add-checkpoint", async (HttpContext context) =>
    {
        if (witness is null)
        {
            return Answer.NotFound("This server is not a witness; start it with --witness-key.");
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (body.Length > MaxBytes)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        var response = await witness.AddCheckpointAsync(body.ToArray(), context.RequestAborted);
        return Results.Text(response.Body, response.ContentType, Encoding.UTF8, response.Status);
    });
}
