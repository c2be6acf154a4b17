using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Kfm.Provenance.Tuf;

/// <summary>A folder that keeps trusted metadata and targets between updates: what rollbacks are measured against, and what works offline.</summary>
/// <remarks>
/// What is read from it is verified again each time, so that a changed file is at worst fetched anew. All versions of root stay in
/// <c>metadata/root_history</c>. Files are replaced whole.
/// </remarks>
public sealed class TufCache
{
    private readonly string _metadata;
    private readonly string _history;
    private readonly string _targets;

    /// <summary>Names the folder; it is made when something is kept.</summary>
    /// <param name="path">The path of the folder; one repository has a folder of its own.</param>
    public TufCache(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _metadata = Path.Combine(path, "metadata");
        _history = Path.Combine(_metadata, "root_history");
        _targets = Path.Combine(path, "targets");
    }

    internal byte[]? ReadRoot(int version) => Read(Path.Combine(_history, RootName(version)));

    internal void KeepRoot(TufMetadata root)
    {
        Write(_history, RootName(root.Version), root.Bytes.Span);
        Write(_metadata, "root.json", root.Bytes.Span);
    }

    internal byte[]? ReadRole(string role) => Read(Path.Combine(_metadata, Uri.EscapeDataString(role) + ".json"));

    internal void KeepRole(string role, TufMetadata metadata) => Write(_metadata, Uri.EscapeDataString(role) + ".json", metadata.Bytes.Span);

    internal byte[]? ReadTarget(string path) => Read(Path.Combine(_targets, TargetName(path)));

    internal void KeepTarget(string path, ReadOnlySpan<byte> bytes) => Write(_targets, TargetName(path), bytes);

    private static string RootName(int version) => version.ToString(CultureInfo.InvariantCulture) + ".root.json";

    // A path in percent-encoding is one file name, as long as it is short enough for one.
    private static string TargetName(string path) => Uri.EscapeDataString(path) is { Length: <= 200 } name && name is not ("." or "..")
        ? name
        : "sha256-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)));

    private static byte[]? Read(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TufException(TufFailure.Unreachable, Path.GetFileName(file), "the cache could not be read: " + e.Message, e);
        }
    }

    private static void Write(string folder, string name, ReadOnlySpan<byte> bytes)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var unfinished = Path.Combine(folder, $"~{Environment.ProcessId}-{Environment.CurrentManagedThreadId}");
            File.WriteAllBytes(unfinished, bytes);
            File.Move(unfinished, Path.Combine(folder, name), overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TufException(TufFailure.Unreachable, name, "the cache could not be written: " + e.Message, e);
        }
    }
}
