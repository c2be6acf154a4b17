using Kfm.Provenance.Digests;

namespace Kfm.Provenance.Evidence;

/// <summary>One statement of the record. The set of kinds is closed; a layer of the graph is a sorted set of facts.</summary>
public abstract record Fact
{
    private protected Fact()
    {
    }

    /// <summary>The SHA-256 of the RFC 8785 form of the fact, as it stands in evidence.json: a name that does not depend on where it stands.</summary>
    public Digest ToDigest() => Digest.Of(FactJson.Canonical(FactJson.Write(this)));
}
