using Kfm.Provenance.Json;
using Kfm.Provenance.Manifests;

namespace Kfm.Provenance.Sbom;

/// <summary>What a bill needs of <c>project.assets.json</c> (version 3 and 4): one target's resolved graph.</summary>
internal sealed class ProjectAssets
{
    private const string File = "project.assets.json";
    private readonly JsonCursor _root;

    private ProjectAssets(JsonCursor root, string? target)
    {
        _root = root;
        Target = ChooseTarget(target);
        Libraries = ReadLibraries();
        (Direct, DevelopmentOnly) = ReadDirect();
    }

    public string Name => Project.Member("restore").Member("projectName").Text();

    public string Version => Project.Member("version").Text();

    public string Target { get; }

    /// <summary>The resolved libraries by name; NuGet ids have no case.</summary>
    public IReadOnlyDictionary<string, ProjectLibrary> Libraries { get; }

    /// <summary>The names that the project itself refers to.</summary>
    public IReadOnlyList<string> Direct { get; }

    /// <summary>Those of them whose assets flow nowhere (<c>PrivateAssets="all"</c>).</summary>
    public IReadOnlySet<string> DevelopmentOnly { get; }

    private JsonCursor Project => _root.Member("project");

    public static ProjectAssets Read(ReadOnlySpan<byte> utf8, string? target) => new(JsonCursor.OpenForeign(utf8, Error), target);

    public static SbomFormatException Error(string message, string pointer) => new(message, File, pointer);

    // Targets are never merged: each has versions of its own.
    private string ChooseTarget(string? target)
    {
        var names = _root.Member("targets").Members().Select(m => m.Key).ToList();
        return target is null && names.Count == 1 ? names[0]
            : target is not null && names.Contains(target, StringComparer.Ordinal) ? target
            : throw Error($"The targets are {string.Join(", ", names)}; name one of them.", "/targets");
    }

    private Dictionary<string, ProjectLibrary> ReadLibraries()
    {
        var libraries = _root.Member("libraries");
        var entries = libraries.Members().ToDictionary(StringComparer.Ordinal);
        var result = new Dictionary<string, ProjectLibrary>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, entry) in _root.Member("targets").Member(Target).Members())
        {
            var library = Library(key, entry, entries.TryGetValue(key, out var found) ? found : throw libraries.Error($"the member '{key}' is missing"));
            if (!result.TryAdd(library.Name, library))
            {
                throw entry.Error($"The target has two versions of {library.Name}.");
            }
        }

        return result;
    }

    private static ProjectLibrary Library(string key, JsonCursor entry, JsonCursor library)
    {
        if (key.Split('/') is not [{ Length: > 0 } name, { Length: > 0 } version])
        {
            throw entry.Error($"'{key}' is not a name, a slash and a version.");
        }

        var dependencies = entry.Optional("dependencies")?.Members().Select(m => m.Key).ToList() ?? [];
        return entry.Member("type").Text() switch
        {
            "project" => new(name, version, IsProject: true, null, null, dependencies),
            "package" => new(name, version, IsProject: false, library.Member("sha512").Text(), Folder(library.Member("path")), dependencies),
            var other => throw entry.Error($"The library has the type '{other}'; package and project are supported. Is the project restored?"),
        };
    }

    private static string Folder(JsonCursor path) => RelativePath.IsValid(path.Text(), out var reason)
        ? path.Text()
        : throw path.Error($"The path is not below the packages folder: {reason}.");

    private (List<string> Direct, HashSet<string> DevelopmentOnly) ReadDirect()
    {
        // With a runtime identifier the target is FRAMEWORK/RID; the project's own lists know the framework only.
        var framework = Target.Split('/')[0];
        var direct = _root.Member("projectFileDependencyGroups").Optional(framework)?.Items().Select(i => i.Text().Split(' ')[0]).ToList() ?? [];
        var development = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, dependency) in Framework(framework).Optional("dependencies")?.Members() ?? [])
        {
            if (dependency.Optional("suppressParent")?.Text() is { } suppressed && suppressed.Equals("All", StringComparison.OrdinalIgnoreCase))
            {
                development.Add(name);
            }
        }

        return (direct, development);
    }

    // Assets before version 4 name a target .NETCoreApp,Version=v8.0 and its framework net8.0.
    private JsonCursor Framework(string target)
    {
        const string Long = ".NETCoreApp,Version=v";
        var frameworks = Project.Member("frameworks");
        return frameworks.Optional(target)
            ?? (target.StartsWith(Long, StringComparison.Ordinal) ? frameworks.Optional("net" + target[Long.Length..]) : null)
            ?? throw frameworks.Error($"No framework is '{target}'.");
    }
}
