using System.Text;
using Kfm.Agent.Git;
using Kfm.Gates.Decisions;
using Kfm.Gates.Packs;
using Kfm.Gates.Policies;
using Kfm.Gates.Rego;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Digests;

namespace Kfm.Pipeline.Stages;

/// <summary>The policies that decide: those of the base commit, or those that Kfm ships where the base has none of its own.</summary>
internal sealed class BasePolicies(IReadOnlyList<RegoModule> modules)
{
    private const string Extension = ".rego";
    private const string TestExtension = "_test.rego";

    /// <summary>The modules, named below <c>policies/</c>.</summary>
    public IReadOnlyList<RegoModule> Modules => modules;

    /// <summary>The digest of the set.</summary>
    public Digest Digest { get; } = PolicySet.Digest(modules);

    /// <summary>Reads the policies of a tree, with the packs that hold.</summary>
    /// <exception cref="RepositoryBaseException">The folder that kfm.json names has no policy.</exception>
    public static async Task<BasePolicies> OfTreeAsync(SourceRepository source, GitTree tree, string? folder, PolicyPacks packs, CancellationToken cancellationToken)
    {
        if (folder is null)
        {
            return new BasePolicies(With(packs, ShippedPolicies.Modules));
        }

        var entries = tree.Entries.Where(e => e.Mode is "100644" or "100755" && e.Path.StartsWith(folder + "/", StringComparison.Ordinal) && IsPolicy(e.Path)).ToArray();
        if (entries.Length == 0)
        {
            throw new RepositoryBaseException($"kfm.json names the policies '{folder}', and the base commit has no {Extension} file there.");
        }

        var blobs = await source.ReadBlobsAsync(entries.Select(e => e.Id), cancellationToken);
        return new BasePolicies(With(packs, [.. entries.Select(e => new RegoModule(e.Path[(folder.Length + 1)..], Encoding.UTF8.GetString(blobs[e.Id])))]));
    }

    // Without packs of its own a repository keeps its policies as they are: they may have a module with packs, or use none.
    private static IReadOnlyList<RegoModule> With(PolicyPacks packs, IReadOnlyList<RegoModule> modules) => packs == PolicyPacks.Shipped
        ? modules
        : [.. modules.Where(m => m.Path != PolicyPacks.ModulePath).Append(packs.ToModule()).OrderBy(m => m.Path, StringComparer.Ordinal)];

    /// <summary>The policies as a bundle keeps them.</summary>
    public static BasePolicies OfBundle(RunBundle bundle) => new([.. bundle.Files()
        .Where(f => f.StartsWith(BundleFiles.Policies + "/", StringComparison.Ordinal))
        .Select(f => new RegoModule(f[(BundleFiles.Policies.Length + 1)..], bundle.Text(f)))]);

    /// <summary>Decides over context.json. Policies that do not compile deny.</summary>
    public Decision Decide(ReadOnlySpan<byte> context, CancellationToken cancellationToken)
    {
        try
        {
            return new PolicyGate(RegoEngine.Compile(modules).Prepare(ShippedPolicies.Query)).Decide(context, cancellationToken);
        }
        catch (Exception e) when (e is RegoCompileException)
        {
            return PolicyGate.Refuse(context, Digest, e.Message);
        }
    }

    private static bool IsPolicy(string path) =>
        path.EndsWith(Extension, StringComparison.Ordinal) && !path.EndsWith(TestExtension, StringComparison.Ordinal);
}
