using System.Globalization;
using System.Text.RegularExpressions;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Report.Diff;

/// <summary>A check that did not pass and names a line of a file.</summary>
/// <param name="Check">The check.</param>
/// <param name="Path">The file.</param>
/// <param name="Line">The number of the line in the new file.</param>
internal sealed partial record DiffFinding(Tested Check, string Path, int Line)
{
    private const int Maximum = 200;

    /// <summary>The findings of a record: details of failed checks that hold <c>path:line</c>.</summary>
    public static IReadOnlyList<DiffFinding> Of(FactQuery facts) =>
    [
        .. facts.Checks
            .Where(c => c.Status is CheckStatus.Failed or CheckStatus.Error && c.Detail is not null)
            .SelectMany(c => Place().Matches(c.Detail!).Select(m => new DiffFinding(c, m.Groups["path"].Value, Number(m.Groups["line"].Value))))
            .Where(f => f.Line > 0)
            .Distinct()
            .Take(Maximum),
    ];

    private static int Number(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"(?<path>[^\s:;,()]+):(?<line>[0-9]{1,9})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Place();
}
