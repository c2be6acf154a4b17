using Kfm.Agent.Configuration;
using Kfm.Agent.Designs;
using Kfm.Agent.Intents;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>The design of an intent on a base: a function of both, so that a review of it holds wherever it is made again.</summary>
internal sealed record BaseDesign(DesignPlan Plan, string Text)
{
    private const string Repository = "repo:";
    private const int MostTemplates = 50;
    private const int MostSpecifications = 40;

    /// <summary>What was read from the base for it, beside the intent: the template and the specifications, each with what it was read as.</summary>
    public required IReadOnlyList<(Artifact Artifact, string Role)> Materials { get; init; }

    /// <summary>Writes the design of an intent.</summary>
    /// <exception cref="DesignTemplateException">A template of the base is none, or kfm.json names one that is not there.</exception>
    public static async Task<BaseDesign> CreateAsync(RepositoryBase at, StructuredIntent intent, CancellationToken cancellationToken)
    {
        var choice = DesignTemplateChoice.Choose(await TemplatesAsync(at, cancellationToken), intent, at.Settings.Design);
        var touched = Touched(at.Settings, intent);
        var files = await SpecificationsAsync(at, touched, cancellationToken);
        var plan = new DesignPlan(choice)
        {
            Components = Components(touched, await ProjectReferences.ReadAsync(at, cancellationToken)),
            Specifications = [.. files.Select(f => f.Specification)],
            Checks = DesignStage.Checks(at.Settings),
        };
        var template = new Artifact(choice.Template.Digest, BundleFiles.DesignTemplate, "text/markdown", choice.Template.Utf8.Length, ArtifactRole.Config);
        return new BaseDesign(plan, DesignDocument.Write(intent, plan))
        {
            Materials = [(template, "template"), .. Own(choice.Template), .. files.Where(f => f.Artifact is not null).Select(f => (f.Artifact!, "specification"))],
        };
    }

    private static async Task<DesignTemplates> TemplatesAsync(RepositoryBase at, CancellationToken cancellationToken)
    {
        var folder = at.Settings.Design.Templates + "/";
        var tree = await at.Source.ReadTreeAsync(at.Commit, cancellationToken);
        var own = tree.Entries.Where(e => e.Mode is "100644" or "100755" && e.Path.StartsWith(folder, StringComparison.Ordinal)
            && e.Path.EndsWith(".md", StringComparison.Ordinal) && !e.Path[folder.Length..].Contains('/', StringComparison.Ordinal)).ToArray();
        if (own.Length > MostTemplates)
        {
            throw new DesignTemplateException($"the folder has {own.Length} templates; at most {MostTemplates} are read", folder);
        }

        var blobs = await at.Source.ReadBlobsAsync(own.Select(e => e.Id), cancellationToken);
        return DesignTemplates.Shipped.With(own.Select(e => DesignTemplate.Parse(Repository + e.Path, blobs[e.Id])));
    }

    // A template of the base is named by its place there as well; it is the same content.
    private static IEnumerable<(Artifact Artifact, string Role)> Own(DesignTemplate template) => template.Name.StartsWith(Repository, StringComparison.Ordinal)
        ? [(RepositoryBase.FileArtifact(template.Name[Repository.Length..], template.Utf8.ToArray(), "text/markdown", ArtifactRole.Config), "template")]
        : [];

    // A path that the intent names belongs to the component that holds it; where none does, it stands for itself.
    private static List<DesignComponent> Touched(KfmSettings settings, StructuredIntent intent) => [.. intent.Components
        .Select(name => (Name: settings.Components.Any(c => c.Name == name) ? name : ProjectReferences.Owner(settings.Components, name) ?? name, Given: name))
        .GroupBy(c => c.Name, c => c.Given, StringComparer.Ordinal)
        .OrderBy(c => c.Key, StringComparer.Ordinal)
        .Select(c => new DesignComponent(c.Key, IsTouched: true) { Paths = [.. c.Where(p => p != c.Key).Order(StringComparer.Ordinal)] })];

    private static IReadOnlyList<DesignComponent> Components(List<DesignComponent> touched, ILookup<string, string> references)
    {
        var names = touched.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        var neighbours = references.SelectMany(from => from.Select(to => (From: from.Key, To: to)))
            .Where(r => names.Contains(r.From) != names.Contains(r.To))
            .Select(r => names.Contains(r.From) ? r.To : r.From).Distinct(StringComparer.Ordinal);
        return [.. touched.Concat(neighbours.Select(name => new DesignComponent(name, IsTouched: false)))
            .Select(c => c with { DependsOn = [.. references[c.Name].Where(to => c.IsTouched || names.Contains(to)).Order(StringComparer.Ordinal)] })
            .OrderBy(c => c.Name, StringComparer.Ordinal)];
    }

    private static async Task<IReadOnlyList<(DesignSpecification Specification, Artifact? Artifact)>> SpecificationsAsync(
        RepositoryBase at, List<DesignComponent> touched, CancellationToken cancellationToken)
    {
        var tree = await at.Source.ReadTreeAsync(at.Commit, cancellationToken);
        var found = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (var component in touched)
        {
            foreach (var path in component.Paths.DefaultIfEmpty(component.Name).Where(p => p.Contains('.', StringComparison.Ordinal)))
            {
                found[path] = component.Name;
            }

            var globs = at.Settings.Components.FirstOrDefault(c => c.Name == component.Name)?.Paths ?? [];
            foreach (var entry in tree.Entries.Where(e => globs.Any(g => g.IsMatch(e.Path)) && IsSpecification(at.Settings, e.Path)))
            {
                found.TryAdd(entry.Path, component.Name);
            }

            foreach (var contract in at.Settings.Contracts.Where(c => globs.Any(g => g.IsMatch(c.Data)) || component.Paths.Contains(c.Data, StringComparer.Ordinal) || component.Name == c.Data))
            {
                found.TryAdd(contract.Schema, component.Name);
            }
        }

        var taken = found.Take(MostSpecifications).ToArray();
        var blobs = await at.Source.ReadBlobsAsync(taken.Where(f => IsFile(tree, f.Key)).Select(f => tree.Entries.First(e => e.Path == f.Key).Id).Distinct(StringComparer.Ordinal), cancellationToken);
        return [.. taken.Select(f => Read(at.Settings, f.Key, f.Value, tree.TryGet(f.Key, out var entry) && blobs.TryGetValue(entry.Id, out var bytes) ? bytes : null))];
    }

    private static (DesignSpecification Specification, Artifact? Artifact) Read(KfmSettings settings, string path, string? component, byte[]? bytes) => bytes is null
        ? (new DesignSpecification(path, null, component), null)
        : (new DesignSpecification(path, Digest.Of(bytes), component), Artifact(settings, path, bytes));

    // A file has one role in the record, whichever stage reads it.
    private static Artifact Artifact(KfmSettings settings, string path, byte[] bytes) =>
        path == KfmSettings.FileName ? RepositoryBase.FileArtifact(path, bytes, "application/json", ArtifactRole.Config)
        : settings.Contracts.Any(c => c.Schema == path) ? RepositoryBase.FileArtifact(path, bytes, "application/schema+json", ArtifactRole.Schema)
        : settings.Data.Any(d => d.Labels == path) ? RepositoryBase.FileArtifact(path, bytes, "application/json", ArtifactRole.Data)
        : settings.Contracts.Any(c => c.Data == path) || settings.Data.Any(d => d.Path == path) ? RepositoryBase.FileArtifact(path, bytes, BundleFiles.MediaType(path), ArtifactRole.Data)
        : RepositoryBase.FileArtifact(path, bytes, BundleFiles.MediaType(path), ArtifactRole.Source);

    private static bool IsSpecification(KfmSettings settings, string path) =>
        settings.Design.Specifications.Any(g => g.IsMatch(path)) || settings.Contracts.Any(c => c.Schema == path);

    private static bool IsFile(Agent.Git.GitTree tree, string path) => tree.TryGet(path, out var entry) && entry.Mode is "100644" or "100755";
}
