namespace Kfm.Provenance.Tuf;

/// <summary>Metadata or a target of a TUF repository was refused; nothing of it is trusted.</summary>
public sealed class TufException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="role">The name of the role, or the path of the target.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="innerException">The failure underneath, or null.</param>
    public TufException(TufFailure failure, string role, string message, Exception? innerException = null)
        : base($"{role}: {message}", innerException) => (Failure, Role) = (failure, role);

    /// <summary>Why.</summary>
    public TufFailure Failure { get; }

    /// <summary>The name of the role, or the path of the target.</summary>
    public string Role { get; }
}
