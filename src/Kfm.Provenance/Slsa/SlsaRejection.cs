namespace Kfm.Provenance.Slsa;

/// <summary>Why something was refused.</summary>
/// <param name="Code">The rule that was broken.</param>
/// <param name="Reason">What was expected and what was found.</param>
public sealed record SlsaRejection(SlsaErrorCode Code, string Reason)
{
    /// <summary>The name that slsa-verifier gives to the rule, such as <c>ErrorMismatchSource</c>.</summary>
    public string Name => "Error" + Code;
}
