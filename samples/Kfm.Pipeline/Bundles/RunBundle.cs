using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kfm.Provenance.Json;

namespace Kfm.Pipeline.Bundles;

/// <summary>
/// The directory that a run writes. A bundle under work stands in a sibling temporary directory and takes its place by one rename, so that
/// a run that is stopped leaves neither half a bundle nor a temporary tree; one that is killed leaves the tree as <c>.NAME.PROCESS.tmp</c>.
/// </summary>
internal sealed class RunBundle : IDisposable
{
    private const string ReplacedEnding = ".old";
    private readonly string _target;
    private readonly bool _temporary;
    private bool _published;

    private RunBundle(string target, string root, bool temporary) => (_target, Root, _temporary) = (target, root, temporary);

    /// <summary>The directory in which files are written and read now.</summary>
    public string Root { get; private set; }

    /// <summary>Starts a new bundle.</summary>
    /// <exception cref="BundleException">The directory is there and not empty.</exception>
    public static RunBundle Create(string directory)
    {
        var target = Full(directory);
        RestoreReplaced(target);
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
        {
            throw new BundleException($"'{directory}' exists and is not empty; a run writes a new bundle, so name another directory.");
        }

        return new RunBundle(target, NewTemporary(target), temporary: true);
    }

    /// <summary>Opens a bundle to add to it; the directory keeps its content until <see cref="Publish"/>.</summary>
    public static RunBundle Edit(string directory)
    {
        RestoreReplaced(Full(directory));
        var read = Read(directory);
        var copy = new RunBundle(read._target, NewTemporary(read._target), temporary: true);
        try
        {
            DirectoryTree.Copy(read.Root, copy.Root);
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    /// <summary>Opens a bundle to read.</summary>
    /// <exception cref="BundleException">There is no bundle, or a stage was killed while it replaced it.</exception>
    public static RunBundle Read(string directory)
    {
        var target = Full(directory);
        if (Replaced(target) is { } old)
        {
            throw new BundleException(
                $"'{directory}' is missing because a stage was killed while it replaced the bundle; '{Path.GetFileName(old)}' beside it is the bundle as it was. "
                + "Run the stage again, which puts it back, or rename it.");
        }

        return Directory.Exists(target)
            ? new RunBundle(target, target, temporary: false)
            : throw new BundleException($"'{directory}' is not a directory, so it is no bundle.");
    }

    /// <summary>The full path of a file of the bundle.</summary>
    public string PathOf(string relative) => Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>Whether the bundle has the file.</summary>
    public bool Has(string relative) => File.Exists(PathOf(relative));

    /// <summary>The bytes of a file.</summary>
    /// <exception cref="BundleException">The file is not there.</exception>
    public byte[] Bytes(string relative) => Has(relative)
        ? File.ReadAllBytes(PathOf(relative))
        : throw new BundleException($"The bundle has no {relative}; run the stage that writes it first.");

    /// <summary>A file as UTF-8 text.</summary>
    public string Text(string relative) => Encoding.UTF8.GetString(Bytes(relative));

    /// <summary>Writes a file; to a bundle that stands in its place all of it or nothing.</summary>
    public void Write(string relative, ReadOnlySpan<byte> content)
    {
        var path = PathOf(relative);
        if (Root == _target)
        {
            WholeFile.Write(Root, path, content);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    /// <summary>Writes a text as UTF-8 without a byte order mark.</summary>
    public void Write(string relative, string content) => Write(relative, Encoding.UTF8.GetBytes(content));

    /// <summary>Writes RFC 8785 canonical JSON and a newline.</summary>
    public void WriteJson(string relative, JsonNode content) =>
        Write(relative, [.. CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(content.ToJsonString())), (byte)'\n']);

    /// <summary>The paths of all files below the bundle with forward slashes, ordinal order.</summary>
    public IReadOnlyList<string> Files() => DirectoryTree.Files(Root);

    /// <summary>Puts the bundle in its place by a rename; where the system can, one that is replaced changes places with it in the same step.</summary>
    public void Publish()
    {
        if (!_temporary || _published)
        {
            throw new InvalidOperationException("The bundle is not under work.");
        }

        if (!Directory.Exists(_target))
        {
            Directory.Move(Root, _target);
        }
        else if (DirectoryExchange.TrySwap(Root, _target))
        {
            Directory.Delete(Root, recursive: true);
        }
        else
        {
            Replace();
        }

        _published = true;
        Root = _target;
    }

    // Who is killed between the two renames leaves the old bundle under a name by which the next one finds it.
    private void Replace()
    {
        var old = Root + ReplacedEnding;
        Directory.Move(_target, old);
        Directory.Move(Root, _target);
        Directory.Delete(old, recursive: true);
    }

    private static void RestoreReplaced(string target)
    {
        if (Replaced(target) is { } old)
        {
            Directory.Move(old, target);
        }
    }

    /// <summary>The bundle that a killed stage had moved away and not yet replaced, or null.</summary>
    private static string? Replaced(string target) =>
        !Path.Exists(target) && Path.GetDirectoryName(target) is { } parent && Directory.Exists(parent)
            ? Directory.EnumerateDirectories(parent).Where(d => IsReplaced(Path.GetFileName(d), Path.GetFileName(target))).Order(StringComparer.Ordinal).FirstOrDefault()
            : null;

    // ".NAME.PROCESS.tmp.old"; the bundle "a.b" is not taken for one of "a".
    private static bool IsReplaced(string name, string target)
    {
        var (start, end) = ($".{target}.", ".tmp" + ReplacedEnding);
        return name.Length > start.Length + end.Length
            && name.StartsWith(start, StringComparison.Ordinal)
            && name.EndsWith(end, StringComparison.Ordinal)
            && !name.AsSpan(start.Length..^end.Length).ContainsAnyExceptInRange('0', '9');
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_temporary && !_published && Directory.Exists(Root))
        {
            Directory.Delete(Root, recursive: true);
        }
    }

    private static string Full(string directory) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));

    private static string NewTemporary(string target)
    {
        var parent = Path.GetDirectoryName(target) ?? throw new BundleException("A bundle cannot be the root of the file system.");
        var name = string.Create(CultureInfo.InvariantCulture, $".{Path.GetFileName(target)}.{Environment.ProcessId}.tmp");
        var root = Path.Combine(parent, name);
        if (Directory.Exists(root))
        {
            Directory.Delete(root, recursive: true);
        }

        Directory.CreateDirectory(root);
        return root;
    }
}
