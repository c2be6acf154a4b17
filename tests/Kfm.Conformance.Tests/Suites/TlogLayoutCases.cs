using System.Globalization;
using System.Text.Json;
using Kfm.Ledger.Tiles;

namespace Kfm.Conformance.Tests.Suites;

/// <summary>The cases on paths of tiles and on entry bundles.</summary>
internal static class TlogLayoutCases
{
    public static IEnumerable<SuiteCase> Read(string folder)
    {
        foreach (var one in SuiteJson.Read(folder, "layout", "paths.json").Items("cases"))
        {
            yield return new("layout/paths.json#" + one.Text("name"), () => one.TryGetProperty("path", out _) ? Format(one) : Parse(one));
        }

        foreach (var one in SuiteJson.Read(folder, "layout", "bundles.json").Items("cases"))
        {
            yield return new("layout/bundles.json#" + one.Text("name"), () => Bundle(one));
        }
    }

    private static string? Format(JsonElement one)
    {
        var number = Number(one.GetProperty("index"));
        var width = Width(one);
        var level = one.GetProperty("level");
        var path = level.ValueKind == JsonValueKind.String ? TilePath.OfEntries(number, width) : TilePath.Of(new Tile(level.GetInt32(), number), width);
        return path == one.Text("path") ? null : "is written " + path;
    }

    private static string? Parse(JsonElement one)
    {
        if (!TilePath.TryParse(one.Text("pathLevel"), one.Text("pathIndex"), out var tile, out var width) || one.WantsError())
        {
            return SuiteJson.Differs(one.WantsError(), TilePath.TryParse(one.Text("pathLevel"), one.Text("pathIndex"), out _, out _));
        }

        return tile.Number == Number(one.GetProperty("index")) && tile.Level == one.GetProperty("level").GetInt32() && width == Width(one)
            ? null
            : $"is read as {tile}, width {width}";
    }

    private static string? Bundle(JsonElement one)
    {
        var bytes = one.Base64("bundleB64");
        var entries = EntryBundle.TryRead(bytes);
        if (entries is null || one.WantsError())
        {
            return SuiteJson.Differs(one.WantsError(), entries is not null);
        }

        return entries.Select(e => Convert.ToBase64String(e.Span)).SequenceEqual(one.Items("entries").Select(e => e.GetString()!), StringComparer.Ordinal)
            && EntryBundle.Write([.. entries]).AsSpan().SequenceEqual(bytes)
            ? null
            : "holds other entries";
    }

    // A width of 0 means a full tile here.
    private static int Width(JsonElement one) => one.GetProperty("partial").GetInt32() is > 0 and var partial ? partial : Tile.Width;

    private static ulong Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? ulong.Parse(value.GetString()!, CultureInfo.InvariantCulture) : value.GetUInt64();
}
