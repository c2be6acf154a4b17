namespace Kfm.Pipeline.Verification;

/// <summary>Something in a bundle that is not as it must be; one is enough to refuse the bundle.</summary>
/// <param name="Rule">The name of the rule that is broken, for example <c>sums.digest</c>.</param>
/// <param name="File">The path below the bundle.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record VerificationFinding(string Rule, string File, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Rule} {File}: {Message}";
}
