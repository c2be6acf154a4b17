namespace Kfm.Agent.Designs;

/// <summary>Templates by id: those that Kfm ships, and those of a repository in their place or beside them.</summary>
public sealed class DesignTemplates
{
    /// <summary>The folder in which a repository keeps its templates when kfm.json names none.</summary>
    public const string DefaultFolder = "templates/designs";

    private const string Prefix = "Kfm.Agent.Designs.Templates/";
    private static readonly Lazy<DesignTemplates> Embedded = new(() => new DesignTemplates(ReadEmbedded()));
    private readonly SortedDictionary<string, DesignTemplate> _byId = new(StringComparer.Ordinal);

    private DesignTemplates(IEnumerable<DesignTemplate> templates)
    {
        foreach (var template in templates)
        {
            _byId[template.Id] = template;
        }
    }

    /// <summary>What Kfm ships: <c>api</c>, <c>database</c>, <c>library</c>, <c>ui-component</c>.</summary>
    public static DesignTemplates Shipped => Embedded.Value;

    /// <summary>The templates, ordinal order of their ids.</summary>
    public IReadOnlyCollection<DesignTemplate> All => _byId.Values;

    /// <summary>These templates with others in their place or beside them.</summary>
    /// <param name="own">The templates of a repository, from its base commit. Each has a file name of its id and <c>.md</c>.</param>
    /// <exception cref="DesignTemplateException">A file is not named by the id of its template.</exception>
    public DesignTemplates With(IEnumerable<DesignTemplate> own)
    {
        ArgumentNullException.ThrowIfNull(own);
        var added = own.ToList();
        return added.Find(t => !string.Equals(t.Name[(t.Name.LastIndexOf('/') + 1)..], t.Id + ".md", StringComparison.Ordinal)) is { } misnamed
            ? throw new DesignTemplateException($"the template has the id '{misnamed.Id}', so its file is to be named {misnamed.Id}.md", misnamed.Name, 1, 1)
            : new DesignTemplates(_byId.Values.Concat(added));
    }

    /// <summary>The template of an id.</summary>
    /// <param name="id">The id.</param>
    /// <exception cref="DesignTemplateException">There is none.</exception>
    public DesignTemplate Get(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return _byId.TryGetValue(id, out var template)
            ? template
            : throw new DesignTemplateException($"there is no such template; there are {string.Join(", ", _byId.Keys)}", id);
    }

    private static IEnumerable<DesignTemplate> ReadEmbedded()
    {
        var assembly = typeof(DesignTemplates).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            yield return DesignTemplate.Parse("kfm:" + DefaultFolder + "/" + name[Prefix.Length..], bytes.ToArray());
        }
    }
}
