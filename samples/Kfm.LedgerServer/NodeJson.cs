using System.Globalization;
using System.Text.Json.Nodes;
using Kfm.Ledger.Entries;
using Kfm.Ledger.Lineage;

namespace Kfm.LedgerServer;

/// <summary>The JSON of nodes and entries.</summary>
internal static class NodeJson
{
    // What a reader knows an entry by, the most telling first.
    private static readonly string[] Titles = ["title", "verdict", "service", "environment", "role", "state", "scope"];

    public static JsonObject Of(LineageNode node, LedgerEntry entry) => new()
    {
        ["id"] = Id(node.Index),
        ["index"] = node.Index,
        ["kind"] = Name(node.Kind),
        ["subject"] = node.Subject.ToString(),
        ["trace"] = node.TraceId?.ToString("D"),
        ["time"] = Time(node.Time),
        ["depth"] = node.Depth,
        ["title"] = Title(entry),
    };

    public static string Id(long index) => "entry:" + index.ToString(CultureInfo.InvariantCulture);

    public static string Name(LedgerEntryKind kind) => kind.ToString().ToLowerInvariant();

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string? Title(LedgerEntry entry) =>
        Titles.Select(t => entry.Attributes.GetValueOrDefault(t)).FirstOrDefault(t => !string.IsNullOrEmpty(t));
}
