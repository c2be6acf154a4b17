namespace Kfm.Gates.Rego;

/// <summary>The <c>.manifest</c> of a bundle (Open Policy Agent, bundle file format).</summary>
/// <param name="Revision">The revision; empty when none is named.</param>
/// <param name="Roots">The paths below data that the bundle owns, without slashes around them; one empty root means all.</param>
/// <param name="RegoVersion">0 or 1; null when none is named.</param>
/// <param name="Metadata">Whatever the publisher added.</param>
public sealed record PolicyBundleManifest(string Revision, IReadOnlyList<string> Roots, int? RegoVersion, RegoObject Metadata)
{
    internal static readonly PolicyBundleManifest Default = new("", [""], null, RegoObject.Empty);

    internal static PolicyBundleManifest Read(RegoValue value)
    {
        if (value is not RegoObject manifest)
        {
            throw Wrong("the manifest is not an object");
        }

        var roots = manifest.Member("roots") switch
        {
            null => [""],
            RegoArray array => array.Items.Select(r => r is RegoString root ? root.Text.Trim('/') : throw Wrong("a root is not a string")).ToList(),
            _ => throw Wrong("roots is not an array"),
        };
        if (manifest.Member("wasm") is RegoArray { Items.Count: > 0 })
        {
            throw Wrong("WebAssembly modules are not supported: publish the policies as Rego");
        }

        for (var i = 0; i < roots.Count; i++)
        {
            if (roots.FindIndex(i + 1, r => Overlap(r, roots[i])) is var other and >= 0)
            {
                throw Wrong($"manifest has overlapped roots: '{roots[i]}' and '{roots[other]}'");
            }
        }

        return new PolicyBundleManifest((manifest.Member("revision") as RegoString)?.Text ?? "", roots, Version(manifest), manifest.Member("metadata") as RegoObject ?? RegoObject.Empty);
    }

    /// <summary>Whether a path below data, with slashes, lies in a root.</summary>
    internal bool Permits(string path) => Roots.Any(r => Below(path, r));

    private static int? Version(RegoObject manifest) => manifest.Member("rego_version") switch
    {
        null => null,
        RegoNumber number when number.TryGetInt32(out var version) && version is 0 or 1 => version,
        _ => throw Wrong("rego_version must be 0 or 1"),
    };

    private static bool Overlap(string left, string right) => Below(left, right) || Below(right, left);

    private static bool Below(string path, string root) =>
        root.Length == 0 || (path.StartsWith(root, StringComparison.Ordinal) && (path.Length == root.Length || path[root.Length] == '/'));

    private static PolicyBundleFormatException Wrong(string reason) => new(".manifest", reason);
}
