namespace Kfm.Provenance.Tuf;

/// <summary>Why TUF metadata or a target was refused.</summary>
public enum TufFailure
{
    /// <summary>A file is not metadata of the role, or has a value that the specification does not allow.</summary>
    Format,

    /// <summary>A limit of <see cref="TufOptions"/> or a length that metadata names was exceeded.</summary>
    Length,

    /// <summary>Bytes do not have the hash that trusted metadata names.</summary>
    Hash,

    /// <summary>Fewer distinct keys of the role signed than its threshold asks for.</summary>
    Threshold,

    /// <summary>The metadata had expired when the update began (a freeze attack).</summary>
    Expired,

    /// <summary>A version is lower than one that was trusted before (a rollback attack).</summary>
    Rollback,

    /// <summary>A file has another version than the one that was asked for.</summary>
    Version,

    /// <summary>The repository, or offline the cache, does not have the file.</summary>
    NotFound,

    /// <summary>The repository could not be reached, or answered with an error.</summary>
    Unreachable,
}
