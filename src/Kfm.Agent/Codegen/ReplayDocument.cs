using System.Text.Json.Serialization;

namespace Kfm.Agent.Codegen;

/// <summary>The members of a replay file.</summary>
internal sealed record ReplayDocument(
    int FormatVersion,
    IReadOnlyList<ReplayDocument.Recording> Recordings,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Model = null)
{
    internal sealed record Recording(string RequestDigest, Answer Response);

    internal sealed record Answer(
        string Patch,
        string ModelVersion,
        SortedDictionary<string, string> ToolVersions,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AnsweredBy = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Confidence = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] UsageDocument? Usage = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<AttemptDocument>? Attempts = null);
}
