using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Manifests;

namespace Kfm.Pipeline.Verification;

/// <summary>SHA256SUMS lists every file of the bundle and nothing else, with its true digest.</summary>
internal static class SumsCheck
{
    public static void Run(VerificationRun run) => run.Check("sums.format", BundleFiles.Sums, () =>
    {
        if (run.Bytes(BundleFiles.Sums) is not { } bytes)
        {
            return;
        }

        var sums = Sha256Sums.Parse(bytes);
        foreach (var entry in sums.Entries.Where(e => BundleFiles.IsOutsideSums(e.Path)))
        {
            run.Refuse("sums.format", entry.Path, "the list must not name this file");
        }

        foreach (var difference in sums.Verify(run.Bundle.Root, path => !BundleFiles.IsOutsideSums(path)))
        {
            run.Refuse("sums." + difference.Kind.ToString().ToLowerInvariant(), difference.Path, difference.ToString());
        }
    });
}
