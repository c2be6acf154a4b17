using System.Globalization;
using System.Xml;

namespace Kfm.Gates.Reports;

/// <summary>Reads the line coverage of Cobertura files, as coverlet writes them. Their document type is passed over.</summary>
public static class CoberturaReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="utf8">The file.</param>
    /// <exception cref="ReportFormatException">The file is not Cobertura, is cut off, or counts no line.</exception>
    public static CoverageReport Read(ReadOnlySpan<byte> utf8)
    {
        CoverageReport? report = null;
        ReportXml.Read(utf8, DtdProcessing.Ignore, reader =>
        {
            if (reader.Depth == 0)
            {
                report = reader.LocalName is "coverage"
                    ? new CoverageReport(Count(reader, "lines-covered"), Count(reader, "lines-valid"))
                    : throw ReportXml.Error(reader, "The report is not a Cobertura file.");
            }
        });
        return report switch
        {
            null => throw new ReportFormatException("The report is empty."),
            { Valid: 0 } => throw new ReportFormatException("The report counts no line."),
            _ when report.Covered > report.Valid => throw new ReportFormatException("The report covers more lines than there are."),
            _ => report,
        };
    }

    /// <summary>Reads which lines of each file ran.</summary>
    /// <param name="utf8">The file.</param>
    /// <exception cref="ReportFormatException">The file is not Cobertura, is cut off, or counts no line.</exception>
    public static IReadOnlyList<CoveredFile> ReadFiles(ReadOnlySpan<byte> utf8)
    {
        var lines = new CoberturaLines();
        ReportXml.Read(utf8, DtdProcessing.Ignore, lines.Visit, lines.Text);
        return lines.Files() is { Count: > 0 } files ? files : throw new ReportFormatException("The report counts no line.");
    }

    internal static long Count(XmlReader reader, string name) =>
        long.TryParse(ReportXml.Attribute(reader, name), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw ReportXml.Error(reader, $"The attribute '{name}' is not a number.");
}
