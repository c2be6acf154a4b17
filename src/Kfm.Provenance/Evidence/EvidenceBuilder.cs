namespace Kfm.Provenance.Evidence;

/// <summary>Collects the facts of a run until the layer is frozen.</summary>
public sealed class EvidenceBuilder
{
    private readonly HashSet<Fact> _facts = [];

    /// <summary>The facts so far.</summary>
    public IReadOnlyCollection<Fact> Facts => _facts;

    /// <summary>Adds a fact; adding it again changes nothing.</summary>
    /// <param name="fact">The fact.</param>
    public EvidenceBuilder Add(Fact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        _facts.Add(fact);
        return this;
    }
}
