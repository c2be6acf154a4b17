using Kfm.Agent.Processes;

namespace Kfm.Agent.Previews;

/// <summary>The directories of a preview, all below one that is removed in the end.</summary>
internal sealed class PreviewFolders
{
    private readonly string _root;

    private PreviewFolders(string root, VariationPlan plan)
    {
        _root = root;
        First = new PreviewTree(root, plan.First);
        Second = new PreviewTree(root, plan.Second);
        Packages = Directory.CreateDirectory(Path.Combine(root, "packages")).FullName;
    }

    public PreviewTree First { get; }

    public PreviewTree Second { get; }

    /// <summary>Where restore puts packages that the machine does not have yet.</summary>
    public string Packages { get; }

    /// <summary>Where the artifacts of a build are copied to.</summary>
    public string Artifacts(PreviewTree tree) => Path.Combine(_root, "artifacts", ReferenceEquals(tree, First) ? "first" : "second");

    public static PreviewFolders Create(PreviewOptions options)
    {
        // The name is short (sockets live below it) and never recorded.
        var name = "kfm-" + Path.GetRandomFileName()[..8];
        var root = Directory.CreateDirectory(Path.Combine(RealPath.Of(options.ScratchRoot), name)).FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return new PreviewFolders(root, options.Variations);
    }

    /// <summary>The names that stand for the directories in logs.</summary>
    public LogText Log() => new(
        (First.Source + "/", ""), (First.Source, "."), (First.Home, "~"), (First.Temporary, "/tmp"),
        (Second.Source + "/", ""), (Second.Source, "."), (Second.Home, "~"), (Second.Temporary, "/tmp"),
        (Packages, "/packages"));

    /// <summary>Removes everything.</summary>
    /// <param name="runner">Runs <c>rm</c>, which also knows names that are not UTF-8.</param>
    public Task RemoveAsync(ProcessRunner runner)
    {
        First.Dispose();
        Second.Dispose();
        return ForeignDirectory.RemoveAsync(_root, runner);
    }
}
