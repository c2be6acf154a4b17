namespace Kfm.Agent.Previews;

/// <summary>One of the two trees of a preview, with a home and a temporary folder of its own.</summary>
internal sealed class PreviewTree : IDisposable
{
    public PreviewTree(string root, BuildVariation variation)
    {
        var place = Path.Combine(root, variation.Directory);
        Variation = variation;
        Source = Directory.CreateDirectory(Path.Combine(place, "source")).FullName;
        Home = Directory.CreateDirectory(Path.Combine(place, "home")).FullName;
        Temporary = Directory.CreateDirectory(Path.Combine(place, "tmp")).FullName;
    }

    /// <summary>The surroundings of its commands.</summary>
    public BuildVariation Variation { get; }

    /// <summary>The directory of the checked-out files.</summary>
    public string Source { get; }

    /// <summary>The home directory of its commands.</summary>
    public string Home { get; }

    /// <summary>The temporary directory of its commands where they have no <c>/tmp</c> of their own.</summary>
    public string Temporary { get; }

    /// <summary>Held by the command that runs in the tree.</summary>
    public SemaphoreSlim Gate { get; } = new(1);

    public void Dispose() => Gate.Dispose();
}
