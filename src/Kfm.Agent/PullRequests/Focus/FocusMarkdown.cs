namespace Kfm.Agent.PullRequests.Focus;

/// <summary>pr/focus.md: the sentences by section, each with the start of the ids of its facts.</summary>
internal static class FocusMarkdown
{
    private const int MostFacts = 3;
    private const int Digits = 12;

    public static string Write(FocusSummary summary)
    {
        var text = new MarkdownText()
            .Line("# Focus").Line()
            .Line("Every sentence is made from facts of the record and names them; the whole ids stand in `pr/focus.json`. `kfm focus BUNDLE --check FILE` refuses any other sentence.");
        foreach (var section in Enum.GetValues<FocusSection>())
        {
            FocusSentence[] sentences = [.. summary.Sentences.Where(s => s.Section == section)];
            if (sentences.Length == 0)
            {
                continue;
            }

            text.Heading(section.ToString());
            foreach (var sentence in sentences)
            {
                text.Line($"- {sentence.Text} ({Facts(sentence)})");
            }
        }

        return text.Heading("Record")
            .Line($"- record {MarkdownText.Code(summary.EvidenceRoot.ToString())}")
            .Line($"- decision {MarkdownText.Code(summary.Decision.ToString())}")
            .ToString();
    }

    private static string Facts(FocusSentence sentence) =>
        string.Join(", ", sentence.Facts.Take(MostFacts).Select(Short)) + (sentence.Facts.Count > MostFacts ? $" and {sentence.Facts.Count - MostFacts} more" : "");

    private static string Short(string id)
    {
        var at = id.IndexOf("#sha256:", StringComparison.Ordinal);
        return MarkdownText.Code(at < 0 ? id : id[..Math.Min(id.Length, at + 8 + Digits)]);
    }
}
