using Kfm.Provenance;

namespace Kfm.Agent.Codegen.Edits;

/// <summary>An answer is not a list of edits, or its edits do not fit the files. The message quotes nothing of the answer.</summary>
public sealed class EditFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="pointer">The JSON pointer (RFC 6901) of what is wrong; empty for the answer.</param>
    public EditFormatException(string message, string pointer)
        : base($"{message} (at \"{pointer}\" of the answer)") => Pointer = pointer;

    /// <summary>The JSON pointer (RFC 6901) of what is wrong; empty for the answer.</summary>
    public string Pointer { get; }
}
