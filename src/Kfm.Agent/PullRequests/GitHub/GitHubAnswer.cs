using System.Text;
using System.Text.Json;

namespace Kfm.Agent.PullRequests.GitHub;

/// <summary>An answer, and the headers of it that say what to do next.</summary>
internal sealed record GitHubAnswer(int Status, byte[] Body)
{
    private const int LongestMessage = 300;

    /// <summary>The header <c>retry-after</c>.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>The header <c>x-ratelimit-remaining</c>.</summary>
    public string? Remaining { get; init; }

    /// <summary>The header <c>x-ratelimit-reset</c>.</summary>
    public string? Reset { get; init; }

    /// <summary>The header <c>location</c>.</summary>
    public Uri? Location { get; init; }

    /// <summary>The header <c>link</c>.</summary>
    public string? Link { get; init; }

    /// <summary>Whether the request was granted.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Whether GitHub asks to look elsewhere.</summary>
    public bool IsRedirect => Status is 301 or 302 or 307 or 308;

    /// <summary>What GitHub says is wrong: the message, and where it lists them the errors; one line, cut.</summary>
    public string Message => _message ??= ReadMessage();

    private string? _message;

    private string ReadMessage()
    {
        var text = new StringBuilder();
        try
        {
            using var document = JsonDocument.Parse(Body);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                Add(text, document.RootElement, "message");
                if (document.RootElement.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array)
                {
                    foreach (var error in errors.EnumerateArray().Take(5))
                    {
                        Add(text, error, "message");
                        Add(text, error, "field");
                        Add(text, error, "code");
                    }
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, as what stands between here and GitHub may answer; the status says enough.
        }

        var line = VisibleText.Line(text.ToString());
        return line.Length > LongestMessage ? line[..LongestMessage] + "…" : line.Length == 0 ? "no message" : line;
    }

    private static void Add(StringBuilder text, JsonElement element, string name)
    {
        if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
        {
            text.Append(text.Length == 0 ? "" : "; ").Append(value.GetString());
        }
    }
}
