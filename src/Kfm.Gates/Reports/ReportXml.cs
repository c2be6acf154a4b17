using System.Xml;

namespace Kfm.Gates.Reports;

/// <summary>Opens XML of tools: no entities, no resolver, bounded; errors become the format's own.</summary>
internal static class ReportXml
{
    private const int MaxBytes = 256 * 1024 * 1024;
    private const int MaxDepth = 64;

    /// <summary>Runs a reading to the end of the document, so that a text that is cut off is never taken for a whole one.</summary>
    public static void Read(ReadOnlySpan<byte> utf8, DtdProcessing dtd, Action<XmlReader> visit, Action<string>? text = null)
    {
        if (utf8.Length > MaxBytes)
        {
            throw new ReportFormatException($"The report is larger than {MaxBytes} bytes.");
        }

        var settings = new XmlReaderSettings
        {
            DtdProcessing = dtd,
            XmlResolver = null,
            MaxCharactersInDocument = MaxBytes,
            MaxCharactersFromEntities = 1,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(utf8.ToArray(), writable: false), settings);
            while (reader.Read())
            {
                if (reader.Depth > MaxDepth)
                {
                    throw Error(reader, "The report is nested too deeply.");
                }

                if (reader.NodeType == XmlNodeType.Element)
                {
                    visit(reader);
                }
                else if (reader.NodeType == XmlNodeType.Text)
                {
                    text?.Invoke(reader.Value);
                }
            }
        }
        catch (XmlException e)
        {
            throw new ReportFormatException("The report is not XML, or is cut off: " + e.Message, e.LineNumber, e.LinePosition);
        }
    }

    public static ReportFormatException Error(XmlReader reader, string message) => reader is IXmlLineInfo info && info.HasLineInfo()
        ? new ReportFormatException(message, info.LineNumber, info.LinePosition)
        : new ReportFormatException(message);

    public static string Attribute(XmlReader reader, string name) =>
        reader.GetAttribute(name) ?? throw Error(reader, $"The element '{reader.LocalName}' has no attribute '{name}'.");
}
