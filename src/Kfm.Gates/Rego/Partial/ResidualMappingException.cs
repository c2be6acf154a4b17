using Kfm.Provenance;

namespace Kfm.Gates.Rego;

/// <summary>A residual query has no counterpart in an expression tree over the type.</summary>
public sealed class ResidualMappingException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="reason">Which part does not map, and why.</param>
    public ResidualMappingException(string reason)
        : base(reason)
    {
    }
}
