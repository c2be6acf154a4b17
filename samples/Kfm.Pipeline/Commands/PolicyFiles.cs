using System.Text.Json.Nodes;
using Kfm.Gates.Policies;
using Kfm.Gates.Rego;
using Kfm.Pipeline.Bundles;

namespace Kfm.Pipeline.Commands;

/// <summary>The policies and data that <c>--data</c> names: files and directories of <c>.rego</c> and <c>.json</c>, as <c>opa</c> loads them.</summary>
internal sealed record PolicyFiles(IReadOnlyList<RegoModule> Modules, RegoObject? Data)
{
    /// <summary>Loads paths; without any the policies that Kfm ships, with their tests.</summary>
    /// <exception cref="BundleException">A path is not there, or a JSON file is not an object or contradicts another.</exception>
    public static PolicyFiles Load(IReadOnlyList<string> paths, IReadOnlyList<string> bundles)
    {
        if (paths.Count == 0 && bundles.Count == 0)
        {
            return new PolicyFiles([.. ShippedPolicies.Modules, .. ShippedPolicies.TestModules], null);
        }

        var modules = new List<RegoModule>();
        var data = new JsonObject();
        foreach (var path in paths)
        {
            Add(path, modules, data);
        }

        foreach (var path in bundles)
        {
            var bundle = Directory.Exists(path) ? PolicyBundle.ReadDirectory(path) : File.Exists(path) ? ReadArchive(path) : throw new BundleException($"there is no bundle at '{path}'.");
            modules.AddRange(bundle.Modules);
            Merge(data, (JsonObject)JsonNode.Parse(bundle.Data.ToJson())!, path);
        }

        return new PolicyFiles(modules, data.Count == 0 ? null : (RegoObject)RegoValue.Parse(System.Text.Encoding.UTF8.GetBytes(data.ToJsonString())));
    }

    private static PolicyBundle ReadArchive(string path)
    {
        using var stream = File.OpenRead(path);
        return PolicyBundle.ReadArchive(stream);
    }

    private static void Add(string path, List<RegoModule> modules, JsonObject data)
    {
        if (File.Exists(path))
        {
            AddFile(path, path, [], modules, data);
            return;
        }

        if (!Directory.Exists(path))
        {
            throw new BundleException($"there is no policy at '{path}'.");
        }

        foreach (var file in DirectoryTree.Files(path))
        {
            // A JSON file stands below data at the folders that hold it, as in opa.
            AddFile(Path.Combine(path, file), file, file.Split('/')[..^1], modules, data);
        }
    }

    private static void AddFile(string path, string name, string[] folders, List<RegoModule> modules, JsonObject data)
    {
        if (path.EndsWith(".rego", StringComparison.Ordinal))
        {
            modules.Add(new RegoModule(name, File.ReadAllText(path)));
        }
        else if (path.EndsWith(".json", StringComparison.Ordinal))
        {
            var content = Parse(path);
            foreach (var folder in folders.Reverse())
            {
                content = new JsonObject { [folder] = content };
            }

            Merge(data, content, path);
        }
    }

    private static JsonObject Parse(string path)
    {
        try
        {
            return JsonNode.Parse(Provenance.Json.CanonicalJson.Canonicalize(File.ReadAllBytes(path))) as JsonObject
                ?? throw new BundleException($"'{path}' is not a JSON object.");
        }
        catch (Provenance.Json.JsonFormatException e)
        {
            throw new BundleException($"'{path}': {e.Message}");
        }
    }

    private static void Merge(JsonObject target, JsonObject source, string path)
    {
        foreach (var (name, value) in source.ToArray())
        {
            source.Remove(name);
            if (target[name] is JsonObject inner && value is JsonObject added)
            {
                Merge(inner, added, path);
            }
            else if (!target.TryAdd(name, value))
            {
                throw new BundleException($"'{path}' contradicts another file at '{name}'.");
            }
        }
    }
}
