using System.Text.Json.Nodes;

namespace Kfm.Pipeline.Tests;

/// <summary>What <c>kfm verify --json</c> said.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Json">The object on standard output, or null when there was none.</param>
/// <param name="Error">What stood on standard error.</param>
public sealed record VerifyResult(int ExitCode, JsonObject? Json, string Error)
{
    /// <summary>The result in words.</summary>
    public string Result => Text("result");

    /// <summary>What holds now.</summary>
    public string Effective => Text("effective");

    /// <summary>The findings as <c>rule file: message</c>.</summary>
    public IReadOnlyList<string> Findings =>
        [.. Items("findings").Select(f => $"{f["rule"]} {f["file"]}: {f["message"]}")];

    /// <summary>The rules of the findings.</summary>
    public IReadOnlyList<string> Rules => [.. Items("findings").Select(f => f["rule"]!.ToString())];

    /// <summary>The files of the findings.</summary>
    public IReadOnlyList<string> Files => [.. Items("findings").Select(f => f["file"]!.ToString())];

    /// <summary>Reads the result of the command.</summary>
    public static VerifyResult Of(CommandResult result) =>
        new(result.ExitCode, result.Output.Length == 0 ? null : JsonNode.Parse(result.Output) as JsonObject, result.Error);

    /// <inheritdoc/>
    public override string ToString() => $"exit {ExitCode}, {Json?.ToJsonString() ?? Error}";

    private string Text(string name) => Json?[name]?.ToString() ?? "";

    private IEnumerable<JsonNode> Items(string name) => Json?[name] is JsonArray array ? array.OfType<JsonNode>() : [];
}
