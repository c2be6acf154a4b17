using System.Text.RegularExpressions;
using Kfm.Agent.Processes;

namespace Kfm.Agent.Previews;

/// <summary>What commands print, without what differs from machine to machine and run to run.</summary>
internal sealed partial class LogText
{
    private const int MostLines = 200;
    private const int LongestLine = 400;

    // Read before paths are replaced: a path may make a line long. The patterns are linear, so that their time is never over.
    private const int LongestInput = 16_384;
    private const int Patience = 1_000;
    private readonly (string Path, string Name)[] _places;

    /// <summary>Creates a reader of logs.</summary>
    /// <param name="places">Directories of this run and the names that stand for them.</param>
    public LogText(params (string Path, string Name)[] places) =>
        _places = [.. places.OrderByDescending(place => place.Path.Length).ThenBy(place => place.Path, StringComparer.Ordinal)];

    /// <summary>The last lines of what a command printed.</summary>
    public string Tail(ProcessResult result) => string.Concat(Lines(result).TakeLast(MostLines).Select(line => line + "\n"));

    /// <summary>The one line that says best why a command failed.</summary>
    public string Reason(ProcessResult result, TimeSpan timeout)
    {
        if (result.TimedOut)
        {
            return FormattableString.Invariant($"it took longer than {timeout.TotalSeconds} s and was ended");
        }

        var lines = Lines(result).Select(line => line.Trim()).Where(line => line.Length > 0).ToList();

        // Builds run in parallel: of several errors the first one differs from run to run, the least one does not.
        var line = lines.Where(line => Error().IsMatch(line)).Order(StringComparer.Ordinal).FirstOrDefault() ?? lines.LastOrDefault();
        var exit = FormattableString.Invariant($"exit code {result.ExitCode}");
        return line is null ? exit : $"{exit}: {line}";
    }

    private IEnumerable<string> Lines(ProcessResult result) =>
        (result.OutputText + "\n" + result.ErrorText).Split('\n').Select(Clean).Where(line => line.Length > 0);

    private string Clean(string line)
    {
        var text = Escape().Replace(line.Length <= LongestInput ? line : line[..LongestInput], "");
        foreach (var (path, name) in _places)
        {
            text = text.Replace(path, name, StringComparison.Ordinal);
        }

        text = Duration().Replace(text, "(time)");
        text = string.Concat(text.TrimEnd().Where(c => c == '\t' || !char.IsControl(c)));
        return text.Length <= LongestLine ? text : text[..LongestLine] + "...";
    }

    [GeneratedRegex(@"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|[@-Z\\-_])", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Escape();

    [GeneratedRegex(@"\b[0-9]+:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?\b|\b[0-9]+(?:[.,][0-9]+)? ?(?:ms|sec|s|min|m)\b", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Duration();

    [GeneratedRegex(@"\berror([^(\w]|$)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Error();
}
