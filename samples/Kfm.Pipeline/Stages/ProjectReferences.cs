using System.Xml;
using Kfm.Agent.Configuration;

namespace Kfm.Pipeline.Stages;

/// <summary>Which components depend on which, by the project files of the base that lie in them.</summary>
internal static class ProjectReferences
{
    private const int MostProjects = 400;
    private const int LongestProject = 256 * 1024;

    /// <summary>The names of the components that each component depends on.</summary>
    public static async Task<ILookup<string, string>> ReadAsync(RepositoryBase at, CancellationToken cancellationToken)
    {
        var components = at.Settings.Components;
        if (components.Count == 0)
        {
            return Array.Empty<(string From, string To)>().ToLookup(p => p.From, p => p.To, StringComparer.Ordinal);
        }

        var tree = await at.Source.ReadTreeAsync(at.Commit, cancellationToken);
        var projects = tree.Entries.Where(e => e.Mode is "100644" or "100755" && e.Path.EndsWith("proj", StringComparison.Ordinal))
            .Select(e => (e.Path, e.Id, Owner: Owner(components, e.Path))).Where(p => p.Owner is not null).Take(MostProjects).ToArray();
        var blobs = await at.Source.ReadBlobsAsync(projects.Select(p => p.Id), cancellationToken);
        return projects.SelectMany(p => Includes(blobs[p.Id]).Select(include => (From: p.Owner!, To: Owner(components, Resolve(p.Path, include)))))
            .Where(p => p.To is not null && p.To != p.From).Distinct()
            .ToLookup(p => p.From, p => p.To!, StringComparer.Ordinal);
    }

    /// <summary>The component that holds a path, or null; of several the first by name.</summary>
    public static string? Owner(IReadOnlyList<ComponentSetting> components, string path) =>
        components.FirstOrDefault(c => c.Paths.Any(g => g.IsMatch(path)))?.Name;

    // A file that is no XML is the build's to refuse; here it has no references.
    private static List<string> Includes(byte[] project)
    {
        if (project.Length > LongestProject)
        {
            return [];
        }

        var found = new List<string>();
        var options = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(project), options);
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "ProjectReference" && reader.GetAttribute("Include") is { } include)
                {
                    found.Add(include);
                }
            }
        }
        catch (XmlException)
        {
            return [];
        }

        return found;
    }

    private static string Resolve(string project, string include)
    {
        var names = project.Split('/')[..^1].ToList();
        foreach (var name in include.Replace('\\', '/').Split('/'))
        {
            if (name == ".." && names.Count > 0)
            {
                names.RemoveAt(names.Count - 1);
            }
            else if (name is not ("." or ".."))
            {
                names.Add(name);
            }
        }

        return string.Join('/', names);
    }
}
