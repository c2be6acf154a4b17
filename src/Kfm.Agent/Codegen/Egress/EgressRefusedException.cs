namespace Kfm.Agent.Codegen.Egress;

/// <summary>A prompt may not go to a provider. Nothing was sent.</summary>
public sealed class EgressRefusedException : CodegenModelException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="reason">Which rule is missing.</param>
    public EgressRefusedException(string reason)
        : base(reason)
    {
    }
}
