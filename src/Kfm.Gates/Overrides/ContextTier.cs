using System.Text.Json;
using Kfm.Gates.Decisions;

namespace Kfm.Gates.Overrides;

/// <summary>The tier of risk that the labels of context.json give, read without the policies.</summary>
internal static class ContextTier
{
    private static readonly string[] Tiers = ["low", "medium", "high", "critical"];
    private static readonly string[] Sources = ["risk.intent", "risk.tier"];

    /// <summary>The highest tier that a label asks for, or null where a label is missing, there twice, or not known.</summary>
    public static string? Of(GateContext context)
    {
        using var document = JsonDocument.Parse(context.Utf8);
        var labels = document.RootElement.GetProperty("labels");
        var highest = labels.TryGetProperty("patch.protected", out var paths) && paths.GetArrayLength() > 0 ? Tiers.Length - 1 : 0;
        foreach (var source in Sources)
        {
            var tier = labels.TryGetProperty(source, out var values) && values.GetArrayLength() == 1 ? Array.IndexOf(Tiers, values[0].GetString()) : -1;
            if (tier < 0)
            {
                return null;
            }

            highest = Math.Max(highest, tier);
        }

        return Tiers[highest];
    }

    /// <summary>Whether two people must sign.</summary>
    public static bool NeedsTwo(string tier) => tier is "high" or "critical";
}
