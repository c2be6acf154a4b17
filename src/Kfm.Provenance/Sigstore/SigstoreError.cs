namespace Kfm.Provenance.Sigstore;

/// <summary>One rejection.</summary>
/// <param name="Stage">The part of the verification that refused.</param>
/// <param name="Code">The rule that was broken.</param>
/// <param name="Message">What was found, and what was expected.</param>
/// <param name="Path">The JSON pointer (RFC 6901) into the document; empty when none fits.</param>
public sealed record SigstoreError(SigstoreStage Stage, SigstoreErrorCode Code, string Message, string Path = "")
{
    /// <summary>Stage, code and message in one line.</summary>
    public override string ToString() => Path.Length == 0 ? $"{Stage}/{Code}: {Message}" : $"{Stage}/{Code}: {Message} (at \"{Path}\")";
}
