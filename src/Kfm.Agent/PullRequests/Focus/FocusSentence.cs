using Kfm.Provenance.Evidence;

namespace Kfm.Agent.PullRequests.Focus;

/// <summary>A sentence of a summary with the facts that it states.</summary>
/// <param name="Section">What kind of statement it is.</param>
/// <param name="Template">The name of the template that made it.</param>
/// <param name="Text">The sentence; texts of the record stand in code spans.</param>
/// <param name="Facts">
/// The ids of the facts, one at least: <c>evidence.json#sha256:…</c> with the digest of the fact, <c>decision.json#</c> with a JSON pointer
/// (RFC 6901), <c>approvals/…#sha256:…</c> with the digest of the file.
/// </param>
public sealed record FocusSentence(FocusSection Section, string Template, string Text, FactList<string> Facts);
