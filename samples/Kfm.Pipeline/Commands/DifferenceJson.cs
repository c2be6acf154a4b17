using System.Text.Json.Nodes;
using Kfm.Provenance.Json;
using Kfm.Provenance.Manifests;

namespace Kfm.Pipeline.Commands;

/// <summary>Differences as one line of JSON: <c>{"command","differences":[{"detail","kind","path"}],"result":"equal|different"}</c>.</summary>
internal static class DifferenceJson
{
    public static string Write(string command, IReadOnlyList<ManifestDifference> differences) => System.Text.Encoding.UTF8.GetString(CanonicalJson.Canonicalize(new JsonObject
    {
        ["command"] = command,
        ["result"] = differences.Count == 0 ? "equal" : "different",
        ["differences"] = new JsonArray([.. differences.Select(d => new JsonObject
        {
            ["kind"] = d.Kind.ToString().ToLowerInvariant(),
            ["path"] = d.Path,
            ["detail"] = d.Detail,
        })]),
    }));
}
