using System.Text.Json.Nodes;

namespace Kfm.LedgerServer;

/// <summary>Answers of the API. An error has a reason that a person can act on.</summary>
internal static class Answer
{
    public static IResult Json(JsonObject value) => Results.Text(value.ToJsonString(), "application/json");

    public static IResult BadRequest(string reason) => Error(reason, StatusCodes.Status400BadRequest);

    public static IResult NotFound(string reason) => Error(reason, StatusCodes.Status404NotFound);

    private static IResult Error(string reason, int status) =>
        Results.Text(new JsonObject { ["error"] = reason }.ToJsonString(), "application/json", statusCode: status);
}
