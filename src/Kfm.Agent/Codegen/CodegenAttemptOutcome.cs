namespace Kfm.Agent.Codegen;

/// <summary>What came of asking one model of a chain.</summary>
public enum CodegenAttemptOutcome
{
    /// <summary>Its answer was taken.</summary>
    Answered,

    /// <summary>It gave no answer.</summary>
    Error,

    /// <summary>It gave no answer in time.</summary>
    Timeout,

    /// <summary>It answered, and was less sure of it than the chain demands.</summary>
    LowConfidence,

    /// <summary>The prompt may not go to it; it was not asked.</summary>
    EgressRefused,
}
