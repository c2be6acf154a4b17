using System.Text;
using Kfm.Gates.Rego.Bundles;
using Kfm.Provenance.Digests;

namespace Kfm.Gates.Rego;

/// <summary>A bundle of policies and data in OPA's format: a directory, or a tar archive compressed with gzip.</summary>
public sealed class PolicyBundle
{
    internal PolicyBundle(IReadOnlyList<RegoModule> modules, RegoObject data, PolicyBundleManifest manifest, Digest digest, string? signer)
    {
        Modules = modules;
        Data = data;
        Manifest = manifest;
        Digest = digest;
        Signer = signer;
    }

    /// <summary>The policies, sorted by path.</summary>
    public IReadOnlyList<RegoModule> Modules { get; }

    /// <summary>The data of all data.json, data.yaml and data.yml files, each below the folders that hold it.</summary>
    public RegoObject Data { get; }

    /// <summary>The manifest; that of a bundle without one owns everything.</summary>
    public PolicyBundleManifest Manifest { get; }

    /// <summary>SHA-256 of the RFC 8785 form of <c>[{"path", "sha256"}]</c> over all files but the signatures, sorted by path: for policies alone the same as <see cref="PolicySet.Digest"/>.</summary>
    public Digest Digest { get; }

    /// <summary>The id of the key that the signature was checked with; null when no keys were given.</summary>
    public string? Signer { get; }

    /// <summary>Reads a bundle from a directory. Links are refused.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="options">Limits and keys; null for the defaults.</param>
    /// <exception cref="PolicyBundleFormatException">It is no bundle that can be used.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static PolicyBundle ReadDirectory(string directory, PolicyBundleOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var used = options ?? new PolicyBundleOptions();
        return BundleContent.Create(new BundleFiles(used).ReadDirectory(directory), used);
    }

    /// <summary>Reads a bundle from a tar archive that is compressed with gzip. Links, devices and names that leave the bundle are refused.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="options">Limits and keys; null for the defaults.</param>
    /// <exception cref="PolicyBundleFormatException">It is no bundle that can be used.</exception>
    public static PolicyBundle ReadArchive(Stream archive, PolicyBundleOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(archive);
        var used = options ?? new PolicyBundleOptions();
        return BundleContent.Create(new BundleFiles(used).ReadArchive(archive), used);
    }

    /// <summary>Compiles the policies, in the Rego version that the manifest names.</summary>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="RegoCompileException">The policies do not parse or compile.</exception>
    public CompiledPolicy Compile(RegoOptions? options = null)
    {
        var used = options ?? new RegoOptions();
        return RegoEngine.Compile(Modules, Manifest.RegoVersion is { } version ? used with { V0 = version == 0 } : used);
    }

    internal static string Text(string path, byte[] content)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content);
        }
        catch (DecoderFallbackException)
        {
            throw new PolicyBundleFormatException(path, "the file is not UTF-8");
        }
    }
}
