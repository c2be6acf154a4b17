using System.Text;
using System.Xml;

namespace Kfm.Provenance.Packaging;

/// <summary>NuGet packages: Open Packaging Conventions (ECMA-376 part 2) with a part whose name and ids older tools chose at random.</summary>
internal static class NuGetNormalForm
{
    private const string Properties = "package/services/metadata/core-properties/";
    private const string PropertiesName = Properties + "nuget.psmdcp";
    private const string Relationships = "_rels/.rels";
    private const string Tool = "lastModifiedBy";

    public static void Apply(PackageParts parts)
    {
        if (parts.Paths.Contains(".signature.p7s", StringComparer.Ordinal))
        {
            parts.Remove(".signature.p7s");
        }

        var properties = parts.Paths.Where(p => p.StartsWith(Properties, StringComparison.Ordinal) && p.EndsWith(".psmdcp", StringComparison.Ordinal)).ToList();
        if (properties is not [var name])
        {
            return;
        }

        if (parts.Rename(name, PropertiesName))
        {
            parts.Rewrite(PropertiesName, WithoutTool);
            parts.Rewrite(Relationships, text => Sorted(text, name));
        }
    }

    // It names the version of the tool and of the operating system.
    private static string? WithoutTool(string text)
    {
        var start = text.IndexOf($"<{Tool}>", StringComparison.Ordinal);
        var end = text.IndexOf($"</{Tool}>", StringComparison.Ordinal);
        return start < 0 || end < start ? null : text[..(start + Tool.Length + 2)] + text[end..];
    }

    private static string? Sorted(string text, string properties)
    {
        var relationships = new List<(string Type, string Target)>();
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            while (reader.Read())
            {
                if (reader is { NodeType: XmlNodeType.Element, LocalName: "Relationship" })
                {
                    var target = reader.GetAttribute("Target") ?? "";
                    relationships.Add((reader.GetAttribute("Type") ?? "", target == "/" + properties ? "/" + PropertiesName : target));
                }
            }
        }
        catch (XmlException)
        {
            // What no reader understands is left for the comparison to show.
            return null;
        }

        var sorted = new StringBuilder("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\n");
        foreach (var (type, target) in relationships.OrderBy(r => r.Type, StringComparer.Ordinal).ThenBy(r => r.Target, StringComparer.Ordinal))
        {
            sorted.Append(System.Globalization.CultureInfo.InvariantCulture, $"<Relationship Type=\"{Escaped(type)}\" Target=\"{Escaped(target)}\"/>\n");
        }

        return sorted.Append("</Relationships>\n").ToString();
    }

    private static string Escaped(string text) => System.Security.SecurityElement.Escape(text);
}
