using System.Text.Json.Nodes;

namespace Kfm.Provenance.InToto.Predicates;

/// <summary>A file that an agent changed.</summary>
/// <param name="Path">The path in the repository.</param>
/// <param name="Status"><c>created</c>, <c>modified</c> or <c>deleted</c>.</param>
/// <param name="LinesAdded">Lines that were added.</param>
/// <param name="LinesRemoved">Lines that were removed.</param>
public sealed record AgentFileChange(string Path, string Status, int LinesAdded, int LinesRemoved)
{
    internal JsonObject ToJson() => new()
    {
        ["path"] = Path,
        ["status"] = Status,
        ["lines_added"] = LinesAdded,
        ["lines_removed"] = LinesRemoved,
        ["attribution"] = "ai",
    };
}
