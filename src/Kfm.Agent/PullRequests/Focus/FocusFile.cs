using Kfm.Agent.Json;
using Kfm.Provenance.Digests;

namespace Kfm.Agent.PullRequests.Focus;

/// <summary>pr/focus.json, format version 1.</summary>
internal static class FocusFile
{
    private const int Version = 1;
    private const int MaxSentences = 10_000;

    public static byte[] Write(FocusSummary summary) => JsonFile.Write(
        new FocusDocument(Version, summary.Decision.ToString(), summary.EvidenceRoot.ToString(), [.. summary.Sentences.Select(s =>
            new FocusDocument.Sentence(s.Facts, Lower(s.Section), s.Template, s.Text))]),
        AgentJson.Default.FocusDocument);

    public static FocusSummary Read(ReadOnlySpan<byte> utf8)
    {
        var document = JsonFile.Read(utf8, AgentJson.Default.FocusDocument, (message, pointer) => new FocusFormatException(message, pointer));
        if (document.FormatVersion != Version)
        {
            throw new FocusFormatException($"format version {document.FormatVersion} is not supported; this reads version {Version}", "/formatVersion");
        }

        return document.Sentences.Count is > 0 and <= MaxSentences
            ? new FocusSummary(Hash(document.EvidenceRoot, "/evidenceRoot"), Hash(document.Decision, "/decision"), [.. document.Sentences.Select(Sentence)])
            : throw new FocusFormatException($"a summary has 1 to {MaxSentences} sentences", "/sentences");
    }

    private static FocusSentence Sentence(FocusDocument.Sentence sentence, int index)
    {
        var pointer = $"/sentences/{index}";
        if (sentence.Facts.Count == 0 || sentence.Facts.Any(f => f.Length == 0))
        {
            throw new FocusFormatException("a sentence states one fact at least, by its id", pointer + "/facts");
        }

        var section = Array.FindIndex(Enum.GetValues<FocusSection>(), v => Lower(v) == sentence.Section);
        return section < 0 ? throw new FocusFormatException("one of fact, interpretation, policy is expected", pointer + "/section")
            : sentence.Template.Length == 0 ? throw new FocusFormatException("the name of a template is expected", pointer + "/template")
            : sentence.Text.Length == 0 ? throw new FocusFormatException("a sentence is expected", pointer + "/text")
            : new FocusSentence((FocusSection)section, sentence.Template, sentence.Text, [.. sentence.Facts]);
    }

    private static Digest Hash(string text, string pointer) =>
        Digest.TryParse(text, out var digest) ? digest : throw new FocusFormatException("a digest is expected: sha256: and 64 hexadecimal digits", pointer);

    private static string Lower(FocusSection section) => section.ToString().ToLowerInvariant();
}
