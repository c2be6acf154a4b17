namespace Kfm.Agent.Codegen;

/// <summary>One model of a chain, and what came of asking it.</summary>
/// <param name="Model">The name of the model in the chain.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Reason">Why the chain went on, in words of Kfm; empty for the model that answered.</param>
public sealed record CodegenAttempt(string Model, CodegenAttemptOutcome Outcome, string Reason)
{
    /// <summary>The word of the record for the outcome, for example <c>low_confidence</c>.</summary>
    public string Word => AttemptDocument.Word(Outcome);
}
