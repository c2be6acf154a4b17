namespace Kfm.Agent.Codegen;

/// <summary>How a run of the agent ended.</summary>
public enum CodegenOutcome
{
    /// <summary>The model proposed a patch.</summary>
    Proposed,

    /// <summary>The prompt has a secret; the model was not asked.</summary>
    PromptRefused,

    /// <summary>The answer has a secret; it was dropped.</summary>
    AnswerRefused,

    /// <summary>The answer is not a patch; it was dropped.</summary>
    AnswerMalformed,
}
