using Kfm.Provenance.Digests;

namespace Kfm.Agent.PullRequests.Focus;

/// <summary>
/// A summary of a run that states only what stands in the record: every sentence is the text of a template over facts, and names them. A summary
/// that somebody, or a model, has changed is refused by <see cref="Verify"/>.
/// </summary>
/// <param name="EvidenceRoot">The root of the record.</param>
/// <param name="Decision">The digest of decision.json.</param>
/// <param name="Sentences">The sentences.</param>
public sealed record FocusSummary(Digest EvidenceRoot, Digest Decision, IReadOnlyList<FocusSentence> Sentences)
{
    /// <summary>The path of the summary below the bundle.</summary>
    public const string FileName = "pr/focus.json";

    /// <summary>The path of the text for people below the bundle.</summary>
    public const string MarkdownFileName = "pr/focus.md";

    /// <summary>The summary with everything that can be said.</summary>
    /// <param name="record">What is known.</param>
    public static FocusSummary Of(FocusRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new FocusSummary(record.Graph.Root, record.Decision.Digest, FocusTemplates.Of(record));
    }

    /// <summary>Reads pr/focus.json, canonical or not. Whether it is true is for <see cref="Verify"/> to say.</summary>
    /// <param name="utf8">The bytes of the file, at most 64 MiB.</param>
    /// <exception cref="FocusFormatException">The bytes are not a summary of format version 1.</exception>
    public static FocusSummary Parse(ReadOnlySpan<byte> utf8) => FocusFile.Read(utf8);

    /// <summary>Compares a summary with a record. Sentences may stand in another order, and those may be left out that hide nothing.</summary>
    /// <param name="summary">The summary, from anybody.</param>
    /// <param name="record">What is known.</param>
    /// <returns>What is wrong; empty when the summary states nothing but the record.</returns>
    public static IReadOnlyList<FocusFinding> Verify(FocusSummary summary, FocusRecord record)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(record);
        return FocusCheck.Run(summary, record);
    }

    /// <summary>The bytes of pr/focus.json: RFC 8785 and a newline.</summary>
    public byte[] ToJson() => FocusFile.Write(this);

    /// <summary>The text of pr/focus.md: GitHub Flavored Markdown with line feeds.</summary>
    public string ToMarkdown() => FocusMarkdown.Write(this);
}
