using Kfm.Gates.Contracts;

namespace Kfm.Gates.Stewardship;

/// <summary>Labels of one document or data set that cannot all be true. Which one holds is for a person to say.</summary>
public static class LabelConflicts
{
    private static readonly string[] Open = ["public", "open", "none", "low", "general", "allowed"];
    private static readonly string[] Closed = ["restricted", "high", "secret", "prohibited", "conflict"];

    /// <summary>The conflicts, each as a short text, sorted.</summary>
    /// <param name="labels">The labels.</param>
    public static IReadOnlyList<string> Of(DataLabels labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var found = labels.All.GroupBy(l => l.Key, l => l.Value, StringComparer.Ordinal).SelectMany(group => Within(group.Key, [.. group])).ToList();
        if (labels.Sovereignty is ["none", _, ..] or [_, .., "none"])
        {
            found.Add($"ethics.sovereignty none and {labels.Sovereignty.First(v => v != "none")}");
        }

        Between(found, "ethics.care", labels.Care, "ethics.sensitivity", labels.Sensitivity);
        Between(found, "ethics.ai", labels.Ai, "ethics.sovereignty", labels.Sovereignty);
        found.AddRange(labels.ContradictoryTransforms.Select(t => $"ai transform {t} permitted and prohibited"));
        return [.. found.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>One name says open and closed at once.</summary>
    private static IEnumerable<string> Within(string name, string[] values)
    {
        if (Array.Find(values, IsOpen) is { } open && Array.Find(values, IsClosed) is { } closed)
        {
            yield return $"{name} {open} and {closed}";
        }
    }

    /// <summary>One name says open where the other one says closed.</summary>
    private static void Between(List<string> found, string first, IReadOnlyList<string> open, string second, IReadOnlyList<string> closed)
    {
        if (open.FirstOrDefault(IsOpen) is { } one && closed.FirstOrDefault(IsClosed) is { } other)
        {
            found.Add($"{first} {one} and {second} {other}");
        }
    }

    private static bool IsOpen(string value) => Open.Contains(value, StringComparer.Ordinal);

    private static bool IsClosed(string value) => Closed.Contains(value, StringComparer.Ordinal);
}
