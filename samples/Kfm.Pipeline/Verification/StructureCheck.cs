using System.Globalization;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Manifests;

namespace Kfm.Pipeline.Verification;

/// <summary>
/// A bundle is made of files and of directories that hold files. This check opens nothing, and where it finds a link, a pipe or something
/// too large, nothing else is read.
/// </summary>
internal static class StructureCheck
{
    private const int MaxEntries = 20_000;
    private const int MaxDepth = 64;
    private const long MaxDocument = 64L << 20;
    private const long MaxDocuments = 512L << 20;

    /// <summary>Collects the files; gives whether they can be read without harm.</summary>
    public static bool Run(VerificationRun run)
    {
        var walk = new Walk(run);
        walk.Enter(new DirectoryInfo(run.Bundle.Root), "", 0);
        run.Files = walk.Files;
        return walk.Safe;
    }

    private sealed class Walk(VerificationRun run)
    {
        private int _entries;
        private long _documents;

        public bool Safe { get; private set; } = true;

        public HashSet<string> Files { get; } = new(StringComparer.Ordinal);

        public void Enter(DirectoryInfo directory, string prefix, int depth)
        {
            var empty = true;
            foreach (var entry in directory.EnumerateFileSystemInfos())
            {
                empty = false;
                if (!Take(entry, prefix + entry.Name, depth))
                {
                    Safe = false;
                    return;
                }
            }

            run.Require(!empty || depth == 0, "bundle.directory", prefix.TrimEnd('/'), "the directory is empty, and nothing in the bundle vouches for it");
        }

        private bool Take(FileSystemInfo entry, string path, int depth)
        {
            if (!RelativePath.IsValid(path, out var fault))
            {
                run.Refuse("bundle.name", path, $"the name cannot stand in a bundle: {fault}");
                return false;
            }

            if (entry.LinkTarget is not null)
            {
                run.Refuse("bundle.link", path, "it is a link, and links are not followed");
                return false;
            }

            if (++_entries > MaxEntries || depth > MaxDepth)
            {
                run.Refuse("bundle.size", path, string.Create(CultureInfo.InvariantCulture, $"a bundle has at most {MaxEntries} entries in at most {MaxDepth} levels"));
                return false;
            }

            if (entry is DirectoryInfo directory)
            {
                Enter(directory, path + "/", depth + 1);
                return Safe;
            }

            Files.Add(path);
            return Regular((FileInfo)entry, path);
        }

        private bool Regular(FileInfo file, string path)
        {
            if (!RegularFile.Exists(file.FullName))
            {
                run.Refuse("bundle.special", path, "it is a pipe, a socket or a device");
                return false;
            }

            // Artifacts are hashed as a stream; everything else is read into memory.
            _documents += path.StartsWith(BundleFiles.Artifacts + "/", StringComparison.Ordinal) ? 0 : file.Length;
            if (_documents > MaxDocuments || (file.Length > MaxDocument && !path.StartsWith(BundleFiles.Artifacts + "/", StringComparison.Ordinal)))
            {
                run.Refuse("bundle.size", path, "a document has at most 64 MiB, and all of them together at most 512 MiB");
                return false;
            }

            return true;
        }
    }
}
