using System.Xml;

namespace Kfm.Gates.Reports;

/// <summary>Gathers the lines of a Cobertura file by their source files. Lines stand below methods and below classes; the same line is one.</summary>
internal sealed class CoberturaLines
{
    private const int MaxLine = 10_000_000;
    private readonly List<string> _sources = [];
    private readonly SortedDictionary<string, Dictionary<int, long>> _hits = new(StringComparer.Ordinal);
    private Dictionary<int, long>? _file;
    private bool _inSource;

    public void Visit(XmlReader reader)
    {
        if (reader.Depth == 0 && reader.LocalName is not "coverage")
        {
            throw ReportXml.Error(reader, "The report is not a Cobertura file.");
        }

        _inSource = reader.LocalName is "source" && !reader.IsEmptyElement;
        if (reader.LocalName is "class")
        {
            var name = Name(ReportXml.Attribute(reader, "filename"));
            _file = _hits.TryGetValue(name, out var known) ? known : _hits[name] = [];
        }
        else if (reader.LocalName is "line")
        {
            Line(reader);
        }
    }

    public void Text(string text)
    {
        if (_inSource)
        {
            _sources.Add(Name(text).TrimEnd('/'));
        }
    }

    public IReadOnlyList<CoveredFile> Files() =>
        [.. _hits.Where(file => file.Value.Count > 0).Select(file => new CoveredFile([file.Key, .. _sources.Select(source => $"{source}/{file.Key}")], file.Value))];

    private void Line(XmlReader reader)
    {
        var file = _file ?? throw ReportXml.Error(reader, "A line stands outside of a class.");
        var number = CoberturaReader.Count(reader, "number");
        if (number is 0 or > MaxLine)
        {
            throw ReportXml.Error(reader, "The attribute 'number' is not the number of a line.");
        }

        var hits = CoberturaReader.Count(reader, "hits");
        file[(int)number] = Math.Max(hits, file.GetValueOrDefault((int)number));
    }

    private static string Name(string path) => path.Trim().Replace('\\', '/');
}
