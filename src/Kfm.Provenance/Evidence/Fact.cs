namespace Kfm.Provenance.Evidence;

/// <summary>One statement of the record. The set of kinds is closed; a layer of the graph is a sorted set of facts.</summary>
public abstract record Fact
{
    private protected Fact()
    {
    }
}
