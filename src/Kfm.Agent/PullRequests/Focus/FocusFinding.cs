namespace Kfm.Agent.PullRequests.Focus;

/// <summary>Why a summary is not one of a record.</summary>
/// <param name="Rule">
/// <c>record</c> another record or decision, <c>fact.none</c> a sentence without a fact, <c>fact.absent</c> a fact that the record does not hold,
/// <c>template</c> a template that does not exist or says nothing of these facts, <c>text</c> another text than the template's, <c>section</c>,
/// <c>twice</c>, <c>missing</c> a sentence that a summary must have.
/// </param>
/// <param name="Sentence">The number of the sentence from 0; null where it is about the whole.</param>
/// <param name="Message">What is wrong.</param>
public sealed record FocusFinding(string Rule, int? Sentence, string Message)
{
    /// <summary>The finding in one line.</summary>
    public override string ToString() => Sentence is { } number ? $"{Rule} (at \"/sentences/{number}\"): {Message}" : $"{Rule}: {Message}";
}
