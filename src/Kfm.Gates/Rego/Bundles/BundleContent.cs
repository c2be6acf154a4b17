using Kfm.Gates.Rego.Syntax;
using Kfm.Gates.Rego.Yaml;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Json;

namespace Kfm.Gates.Rego.Bundles;

/// <summary>Makes a bundle of its files: checks the signature, merges the data, and keeps all within the roots.</summary>
internal static class BundleContent
{
    internal const string Manifest = ".manifest";
    internal const string Signatures = ".signatures.json";

    internal static PolicyBundle Create(SortedDictionary<string, byte[]> files, PolicyBundleOptions options)
    {
        var signer = options.Keys.Count == 0 ? null : new BundleSignature(options).Verify(files);
        var manifest = files.TryGetValue(Manifest, out var bytes) ? PolicyBundleManifest.Read(Parse(Manifest, bytes)) : PolicyBundleManifest.Default;
        var modules = new List<RegoModule>();
        var data = RegoObject.Empty;
        foreach (var (path, content) in files)
        {
            var name = path[(path.LastIndexOf('/') + 1)..];
            if (path.EndsWith(".rego", StringComparison.Ordinal))
            {
                modules.Add(new RegoModule(path, PolicyBundle.Text(path, content)));
            }
            else if (name is "data.json" or "data.yaml" or "data.yml")
            {
                data = Merge(data, Below(path, Parse(path, content)), path);
            }
            else if (name.EndsWith(".wasm", StringComparison.Ordinal))
            {
                throw new PolicyBundleFormatException(path, "WebAssembly modules are not supported: publish the policies as Rego");
            }
        }

        CheckRoots(manifest, modules, data);
        return new PolicyBundle(modules, data, manifest, DigestOf(files), signer);
    }

    /// <summary>Whether the signed hash is that of the document instead of that of the bytes.</summary>
    internal static bool IsDocument(string path) => path[(path.LastIndexOf('/') + 1)..] is "data.json" or "data.yaml" or "data.yml" or Manifest or Signatures;

    internal static RegoValue Parse(string path, byte[] content)
    {
        try
        {
            return path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".yml", StringComparison.Ordinal)
                ? YamlReader.Read(PolicyBundle.Text(path, content))?.ToValue() ?? RegoValue.Null
                : RegoValue.Parse(content);
        }
        catch (Exception e) when (e is JsonFormatException or YamlFormatException)
        {
            throw new PolicyBundleFormatException(path, e.Message);
        }
    }

    private static RegoObject Below(string path, RegoValue value)
    {
        var folders = path.Split('/')[..^1];
        if (value is not RegoObject && folders.Length == 0)
        {
            throw new PolicyBundleFormatException(path, "the data at the root is not an object");
        }

        foreach (var folder in folders.Reverse())
        {
            value = RegoObject.Create([new(RegoValue.Of(folder), value)]);
        }

        return (RegoObject)value;
    }

    private static RegoObject Merge(RegoObject left, RegoObject right, string path)
    {
        var members = left.Members.ToDictionary(m => m.Key, m => m.Value);
        foreach (var (key, value) in right.Members)
        {
            members[key] = !members.TryGetValue(key, out var known) ? value
                : known is RegoObject l && value is RegoObject r ? Merge(l, r, path)
                : throw new PolicyBundleFormatException(path, $"another file has a value at {key} too");
        }

        return RegoObject.Create(members);
    }

    private static void CheckRoots(PolicyBundleManifest manifest, List<RegoModule> modules, RegoObject data)
    {
        if (manifest.Roots is [""])
        {
            return;
        }

        var roots = $"[{string.Join(' ', manifest.Roots)}]";
        foreach (var module in modules)
        {
            var package = Package(module, manifest.RegoVersion == 0);
            if (!manifest.Permits(string.Join('/', package)))
            {
                throw new PolicyBundleFormatException(module.Path, $"manifest roots {roots} do not permit 'package {string.Join('.', package)}'");
            }
        }

        CheckData(manifest, data, "", roots);
    }

    private static string[] Package(RegoModule module, bool v0)
    {
        try
        {
            return Parser.ParseModule(module.Path, module.Source, v0).Package;
        }
        catch (RegoSyntaxException e)
        {
            throw new PolicyBundleFormatException(module.Path, new RegoCompileException(e.Errors).Message);
        }
    }

    /// <summary>Objects outside of the roots may only lead into them.</summary>
    private static void CheckData(PolicyBundleManifest manifest, RegoValue value, string path, string roots)
    {
        if (path.Length > 0 && manifest.Permits(path))
        {
            return;
        }

        var leads = path.Length == 0 || manifest.Roots.Any(r => r.StartsWith(path + "/", StringComparison.Ordinal));
        if (!leads || value is not RegoObject obj)
        {
            throw new PolicyBundleFormatException("", $"manifest roots {roots} do not permit data at path '/{path}' (hint: check bundle directory structure)");
        }

        foreach (var (key, member) in obj.Members)
        {
            CheckData(manifest, member, path.Length == 0 ? ((RegoString)key).Text : path + "/" + ((RegoString)key).Text, roots);
        }
    }

    private static Digest DigestOf(SortedDictionary<string, byte[]> files) => CanonicalJson.Hash(RegoArray.Create(files
        .Where(f => f.Key != Signatures).Select(f => (RegoValue)RegoObject.Create(
        [
            new(RegoValue.Of("path"), RegoValue.Of(f.Key)),
            new(RegoValue.Of("sha256"), RegoValue.Of(Provenance.Digests.Digest.Of(f.Value).Hex)),
        ]))).ToJson());
}
