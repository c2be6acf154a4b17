using Kfm.Agent.PullRequests;

namespace Kfm.Pipeline.Report.Lineage;

/// <summary>Shortens names for boxes that have little room.</summary>
internal static class LineageText
{
    private const string Commit = "repo:commit/";

    /// <summary>The last part of a path, and of that the start and the end where it is too long.</summary>
    /// <param name="name">The name.</param>
    /// <param name="room">How many characters fit.</param>
    public static string Short(string name, int room)
    {
        if (name.StartsWith(Commit, StringComparison.Ordinal))
        {
            name = name[Commit.Length..] + " commit";
        }

        var last = name[(name.TrimEnd('/').LastIndexOf('/') + 1)..];
        var runes = VisibleText.Line(last.Length == 0 ? name : last).EnumerateRunes().ToArray();
        return runes.Length <= room
            ? string.Concat(runes)
            : string.Concat(runes.Take(room - 7)) + "…" + string.Concat(runes.TakeLast(6));
    }
}
