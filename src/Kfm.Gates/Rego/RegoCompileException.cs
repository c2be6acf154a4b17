using Kfm.Provenance;

namespace Kfm.Gates.Rego;

/// <summary>A policy set or a query does not parse or compile.</summary>
public sealed class RegoCompileException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="errors">All errors that were found, at least one.</param>
    public RegoCompileException(IReadOnlyList<RegoError> errors)
        : base(string.Join('\n', errors)) => Errors = errors;

    /// <summary>All errors that were found, sorted by path and place.</summary>
    public IReadOnlyList<RegoError> Errors { get; }
}
