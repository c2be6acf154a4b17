namespace Kfm.Agent.Previews;

/// <summary>One of the two trees of a preview, with a home of its own.</summary>
/// <param name="Variation">Its surroundings.</param>
/// <param name="Source">The directory of the checked-out files.</param>
/// <param name="Home">The empty home directory of the commands.</param>
internal sealed record PreviewTree(BuildVariation Variation, string Source, string Home)
{
    public static PreviewTree Create(string root, BuildVariation variation)
    {
        var place = Path.Combine(root, variation.Directory);
        return new PreviewTree(
            variation,
            Directory.CreateDirectory(Path.Combine(place, "source")).FullName,
            Directory.CreateDirectory(Path.Combine(place, "home")).FullName);
    }
}
