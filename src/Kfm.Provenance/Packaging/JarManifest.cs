using System.Text;

namespace Kfm.Provenance.Packaging;

/// <summary>The manifest of a jar: sections of attributes, folded at 72 bytes (JAR File Specification, "Name-Value pairs and Sections").</summary>
internal static class JarManifest
{
    private const int LineBytes = 72;

    private static readonly HashSet<string> OfTheBuild = new(StringComparer.OrdinalIgnoreCase)
    {
        "Ant-Version", "Archiver-Version", "Bnd-LastModified", "Build-Date", "Build-Date-UTC", "Build-Host", "Build-Id", "Build-Java-Version", "Build-Jdk",
        "Build-Jdk-Spec", "Build-Number", "Build-OS", "Build-Time", "Build-Timestamp", "Build-Tool", "Build-User", "Built-By", "Built-Date", "Built-Host",
        "Built-JDK", "Built-On", "Built-OS", "Created-By", "Creation-Date", "Hudson-Build-Number", "Hudson-Project", "Hudson-Version", "Implementation-Build-Date",
        "Jenkins-Build-Number", "Originally-Created-By", "Tool",
    };

    /// <summary>Sorted, unfolded and folded again, without what tells of the build; null for a text that is no manifest.</summary>
    public static string? NormalForm(string text)
    {
        var sections = new List<List<KeyValuePair<string, string>>> { new() };
        foreach (var line in Unfolded(text))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (line.Length == 0)
            {
                sections.Add([]);
            }
            else if (colon <= 0)
            {
                return null;
            }
            else if (!OfTheBuild.Contains(line[..colon]) && !line[..colon].EndsWith("-Digest", StringComparison.OrdinalIgnoreCase))
            {
                sections[^1].Add(new(line[..colon], line[(colon + 2)..]));
            }
        }

        var normal = new StringBuilder();
        Write(normal, sections[0], "Manifest-Version");
        foreach (var section in sections.Skip(1).Where(IsOfUse).OrderBy(NameOf, StringComparer.Ordinal))
        {
            Write(normal, section, "Name");
        }

        return normal.ToString();
    }

    // Without its digests, a section that says only a name says nothing.
    private static bool IsOfUse(List<KeyValuePair<string, string>> section) => section.Exists(a => !IsName(a));

    private static string NameOf(List<KeyValuePair<string, string>> section) => section.Find(IsName).Value ?? "";

    private static bool IsName(KeyValuePair<string, string> attribute) => string.Equals(attribute.Key, "Name", StringComparison.OrdinalIgnoreCase);

    private static List<string> Unfolded(string text)
    {
        var lines = new List<string>();
        foreach (var line in text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n'))
        {
            if (line.StartsWith(' ') && lines.Count > 0)
            {
                lines[^1] += line[1..];
            }
            else
            {
                lines.Add(line);
            }
        }

        return lines;
    }

    private static void Write(StringBuilder text, List<KeyValuePair<string, string>> section, string first)
    {
        foreach (var (key, value) in section.OrderBy(a => string.Equals(a.Key, first, StringComparison.OrdinalIgnoreCase) ? 0 : 1)
                     .ThenBy(a => a.Key, StringComparer.OrdinalIgnoreCase).ThenBy(a => a.Value, StringComparer.Ordinal))
        {
            var bytes = 0;
            foreach (var rune in $"{key}: {value}".EnumerateRunes())
            {
                if (bytes + rune.Utf8SequenceLength > LineBytes - 2)
                {
                    text.Append("\r\n ");
                    bytes = 1;
                }

                text.Append(rune.ToString());
                bytes += rune.Utf8SequenceLength;
            }

            text.Append("\r\n");
        }

        text.Append("\r\n");
    }
}
