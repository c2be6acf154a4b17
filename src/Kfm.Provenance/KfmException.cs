namespace Kfm.Provenance;

/// <summary>The base of every exception that Kfm's packages throw for bad data.</summary>
/// <remarks>
/// Misuse of an API throws <see cref="ArgumentException"/> or <see cref="InvalidOperationException"/> instead; a denied decision
/// or a failed verification is a result, never an exception.
/// </remarks>
public abstract class KfmException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    protected KfmException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the failure that led to it.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The failure underneath, or null.</param>
    protected KfmException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
