using Kfm.Provenance;

namespace Kfm.Agent.Codegen.Prompts;

/// <summary>A file is not a prompt template.</summary>
public sealed class PromptTemplateException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do; without the text of the template.</param>
    /// <param name="line">The line of what is wrong, from 1.</param>
    public PromptTemplateException(string message, int line)
        : base(FormattableString.Invariant($"{message} (at line {line} of the prompt template)")) => Line = line;

    /// <summary>The line of what is wrong, from 1.</summary>
    public int Line { get; }
}
