using System.Globalization;
using System.Text;
using Kfm.Ledger;

namespace Kfm.LedgerServer.Endpoints;

/// <summary>What an operator watches: whether the log can be read, and figures for Prometheus (text format 0.0.4).</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, LedgerView view, RequestCounts counts)
    {
        routes.MapGet("/health", () => Results.Text("live\n"));
        routes.MapGet("/health/ready", () =>
        {
            try
            {
                return Results.Text($"ready, {view.Log.Size} entries\n");
            }
            catch (LedgerException e)
            {
                return Results.Text($"not ready: {e.Fault}\n", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        });
        routes.MapGet("/metrics", () => Results.Text(Metrics(view, counts), "text/plain; version=0.0.4; charset=utf-8"));
    }

    private static string Metrics(LedgerView view, RequestCounts counts)
    {
        var text = new StringBuilder()
            .Append("# HELP kfm_ledger_entries Entries that are committed.\n# TYPE kfm_ledger_entries gauge\n")
            .Append(CultureInfo.InvariantCulture, $"kfm_ledger_entries {view.Log.Size}\n");
        if (view.Log.Checkpoints() is [.., var last])
        {
            text.Append("# HELP kfm_ledger_checkpoint_entries Entries under the newest signed checkpoint.\n# TYPE kfm_ledger_checkpoint_entries gauge\n")
                .Append(CultureInfo.InvariantCulture, $"kfm_ledger_checkpoint_entries {last.Size}\n");
        }

        text.Append("# HELP kfm_http_requests_total Requests that were answered.\n# TYPE kfm_http_requests_total counter\n");
        foreach (var ((route, status), count) in counts.Snapshot())
        {
            text.Append(CultureInfo.InvariantCulture, $"kfm_http_requests_total{{route=\"{route}\",status=\"{status}\"}} {count}\n");
        }

        return text.ToString();
    }
}
