using Kfm.Ledger;
using Kfm.LedgerServer.Endpoints;

namespace Kfm.LedgerServer;

/// <summary>The web application: routes, and what holds for all of them.</summary>
internal static class LedgerApp
{
    /// <summary>Builds the application; the log stays open until it is disposed.</summary>
    public static WebApplication Build(ServerOptions options, TimeProvider clock)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(options.Urls.Split(';'));
        builder.WebHost.ConfigureKestrel(k => k.Limits.MaxRequestBodySize = 64 * 1024);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var view = new LedgerView(TransparencyLog.Open(new LogOptions { Path = options.Ledger, TimeProvider = clock }));
        builder.Services.AddSingleton(_ => view);
        var witness = options.Witness?.Open(clock);
        if (witness is not null)
        {
            builder.Services.AddSingleton(_ => witness);
        }

        var app = builder.Build();
        var counts = new RequestCounts();
        app.Use((context, next) => GuardAsync(context, next, counts));
        PageEndpoints.Map(app);
        EntryEndpoints.Map(app, view, clock);
        LineageEndpoints.Map(app, view);
        TileEndpoints.Map(app, view);
        WitnessEndpoints.Map(app, witness);
        HealthEndpoints.Map(app, view, counts);
        return app;
    }

    // A fault of the store is told with its kind and nothing of the machine.
    private static async Task GuardAsync(HttpContext context, RequestDelegate next, RequestCounts counts)
    {
        try
        {
            await next(context);
        }
        catch (LedgerException e) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsJsonAsync(new System.Text.Json.Nodes.JsonObject { ["error"] = $"The log cannot be read now ({e.Fault})." }, AnswerJson.Default.JsonObject);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = e.StatusCode;
            await context.Response.WriteAsJsonAsync(new System.Text.Json.Nodes.JsonObject { ["error"] = e.Message }, AnswerJson.Default.JsonObject);
        }

        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none";
        counts.Add(route, context.Response.StatusCode);
    }
}
