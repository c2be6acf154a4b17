using System.Collections.Concurrent;
using System.Security.Cryptography;
using Kfm.Provenance.Digests;

namespace Kfm.Provenance.Manifests;

/// <summary>Compares files with what a list of sums says of them, several at once.</summary>
internal static class Sha256SumCheck
{
    public static IEnumerable<ManifestDifference> Run(List<(Sha256Sum Expected, TreeFile File)> checks, ManifestOptions options)
    {
        var differences = new ConcurrentBag<ManifestDifference>();
        try
        {
            Parallel.ForEach(
                checks,
                new() { MaxDegreeOfParallelism = options.Workers, CancellationToken = options.CancellationToken },
                () => new FileHasher(HashAlgorithmName.SHA256, asBlob: false),
                (check, _, hasher) =>
                {
                    if (Fault(check.Expected, check.File, hasher, options.CancellationToken) is { } fault)
                    {
                        differences.Add(new(DifferenceKind.Changed, check.Expected.Path, fault));
                    }

                    return hasher;
                },
                hasher => hasher.Dispose());
        }
        catch (AggregateException e)
        {
            // Which of several files could not be read first depends on the threads; one of them is told.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return differences;
    }

    private static string? Fault(Sha256Sum expected, TreeFile file, FileHasher hasher, CancellationToken cancellationToken)
    {
        if (new FileInfo(file.FullPath).LinkTarget is not null)
        {
            return "is a link";
        }

        if (!RegularFile.Exists(file.FullPath))
        {
            return "is not a regular file";
        }

        var found = Digest.FromBytes(hasher.Hash(file.FullPath, cancellationToken).Hash);
        return found == expected.Digest ? null : $"{expected.Digest} expected, {found} found";
    }
}
