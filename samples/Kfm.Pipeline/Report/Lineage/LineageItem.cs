using Kfm.Provenance.Digests;

namespace Kfm.Pipeline.Report.Lineage;

/// <summary>A box of the picture beside a run: an actor, an artifact, or several artifacts of one role.</summary>
/// <param name="Name">What stands in it.</param>
/// <param name="Word">Its role in one word.</param>
/// <param name="Target">The place of the page that says more.</param>
internal sealed record LineageItem(string Name, string Word, string Target)
{
    /// <summary>The contents that the box stands for; empty for an actor.</summary>
    public IReadOnlyList<Digest> Contents { get; init; } = [];
}
