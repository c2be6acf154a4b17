namespace Kfm.Agent.Codegen.Chain;

/// <summary>No model of a chain answered. The message has the reason of each.</summary>
public sealed class ModelChainException : CodegenModelException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="attempts">What came of each model, in order.</param>
    public ModelChainException(IReadOnlyList<CodegenAttempt> attempts)
        : base("no model answered: " + string.Join("; ", (attempts ?? throw new ArgumentNullException(nameof(attempts))).Select(a => $"{a.Model}: {a.Reason}"))) => Attempts = attempts;

    /// <summary>What came of each model, in order.</summary>
    public IReadOnlyList<CodegenAttempt> Attempts { get; }
}
