namespace Kfm.Provenance.Slsa;

/// <summary>What a verification of provenance or of a summary found.</summary>
public sealed class SlsaVerification
{
    internal SlsaVerification(SlsaRejection rejection) => Rejection = rejection;

    internal SlsaVerification(string? builderId) => BuilderId = builderId;

    /// <summary>Whether all that the caller asked for holds.</summary>
    public bool IsVerified => Rejection is null;

    /// <summary>The first rule that was broken; null when none was.</summary>
    public SlsaRejection? Rejection { get; }

    /// <summary>The builder that is vouched for, with its reference; null when nothing is, and for summaries.</summary>
    public string? BuilderId { get; }
}
