namespace Kfm.Agent.PullRequests.Focus;

/// <summary>The members of pr/focus.json.</summary>
internal sealed record FocusDocument(int FormatVersion, string Decision, string EvidenceRoot, IReadOnlyList<FocusDocument.Sentence> Sentences)
{
    internal sealed record Sentence(IReadOnlyList<string> Facts, string Section, string Template, string Text);
}
