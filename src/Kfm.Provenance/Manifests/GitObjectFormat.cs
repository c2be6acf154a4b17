namespace Kfm.Provenance.Manifests;

/// <summary>The hash function of a git repository (<c>git init --object-format</c>).</summary>
public enum GitObjectFormat
{
    /// <summary>SHA-1, ids of 40 hexadecimal digits; what git uses unless told otherwise.</summary>
    Sha1,

    /// <summary>SHA-256, ids of 64 hexadecimal digits.</summary>
    Sha256,
}
