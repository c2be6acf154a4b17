using System.Text.Json;
using Kfm.Agent.Configuration;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Manifests;

namespace Kfm.Agent.Previews;

/// <summary>Finds out whether every NuGet dependency came from a committed lock file.</summary>
internal sealed class LockCheck
{
    private const string Check = "build.locked";
    private const string LockFile = "packages.lock.json";
    private static readonly Glob[] LockFiles = [Glob.Parse("**/" + LockFile)];
    private static readonly Glob[] Assets = [Glob.Parse("**/project.assets.json")];
    private readonly string _tree;
    private readonly Dictionary<string, Digest> _committed;

    /// <summary>Reads the lock files of a tree in which nothing has run yet.</summary>
    public LockCheck(string tree)
    {
        _tree = tree;
        _committed = Digests(tree);
    }

    /// <summary>The check after restore.</summary>
    public CheckResult Result()
    {
        var restored = Digests(_tree);
        var changed = restored.Keys.Union(_committed.Keys, StringComparer.Ordinal)
            .Where(path => !_committed.TryGetValue(path, out var before) || !restored.TryGetValue(path, out var after) || before != after)
            .Order(StringComparer.Ordinal).FirstOrDefault();
        if (changed is not null)
        {
            return new CheckResult(Check, CheckStatus.Failed, $"restore changed {changed}; commit the lock file that it wrote");
        }

        var assets = ArtifactCollector.Find(_tree, Assets);
        if (assets.Count == 0)
        {
            return new CheckResult(Check, CheckStatus.Skipped, "restore brought no NuGet packages");
        }

        var unlocked = assets.Select(Unlocked).Where(project => project is not null).Order(StringComparer.Ordinal).FirstOrDefault();
        return unlocked is null
            ? new CheckResult(Check, CheckStatus.Passed)
            : new CheckResult(Check, CheckStatus.Failed, $"{unlocked} has packages and no committed {LockFile}");
    }

    /// <summary>The project of an assets file that has packages and no lock file; null when all is well.</summary>
    private string? Unlocked(string assets)
    {
        try
        {
            using var stream = RegularFile.OpenRead(Path.Combine(_tree, assets));
            using var document = JsonDocument.Parse(stream);
            var packages = document.RootElement.GetProperty("libraries").EnumerateObject()
                .Any(library => library.Value.GetProperty("type").GetString() == "package");
            var project = document.RootElement.GetProperty("project").GetProperty("restore").GetProperty("projectPath").GetString()!;
            var relative = Path.GetRelativePath(_tree, project).Replace('\\', '/');
            var folder = relative.Contains('/', StringComparison.Ordinal) ? relative[..(relative.LastIndexOf('/') + 1)] : "";
            return packages && !_committed.ContainsKey(folder + LockFile) ? relative : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or RegularFileException)
        {
            // The repository's own code wrote the file: what cannot be read is not a proof.
            return assets;
        }
    }

    private static Dictionary<string, Digest> Digests(string tree) => ArtifactCollector.Find(tree, LockFiles)
        .ToDictionary(path => path, path => Digest.OfFile(Path.Combine(tree, path)), StringComparer.Ordinal);
}
