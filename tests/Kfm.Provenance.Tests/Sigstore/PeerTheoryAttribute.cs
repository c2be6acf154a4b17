namespace Kfm.Provenance.Tests.Sigstore;

/// <summary>A theory that needs npm's Sigstore packages.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PeerTheoryAttribute : TheoryAttribute
{
    public PeerTheoryAttribute() => Skip = NodePeers.Folder is not null
        ? null
        : "KFM_SIGSTORE_PEERS_DIR does not name a folder in which npm has installed @sigstore/verify and @sigstore/sign.";
}
