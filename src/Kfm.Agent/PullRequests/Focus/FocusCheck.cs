namespace Kfm.Agent.PullRequests.Focus;

/// <summary>Holds a summary against everything that may be said of a record.</summary>
internal static class FocusCheck
{
    public static IReadOnlyList<FocusFinding> Run(FocusSummary summary, FocusRecord record)
    {
        var sayable = FocusTemplates.Of(record);
        var findings = new List<FocusFinding>();
        if (summary.EvidenceRoot != record.Graph.Root || summary.Decision != record.Decision.Digest)
        {
            findings.Add(new FocusFinding("record", null, "the summary is of another record or decision"));
        }

        var seen = new HashSet<FocusSentence>();
        for (var i = 0; i < summary.Sentences.Count; i++)
        {
            if (Problem(summary.Sentences[i], record, sayable) is var (rule, message))
            {
                findings.Add(new FocusFinding(rule, i, message));
            }
            else if (!seen.Add(summary.Sentences[i]))
            {
                findings.Add(new FocusFinding("twice", i, "the sentence stands twice"));
            }
        }

        var said = summary.Sentences.ToHashSet();
        findings.AddRange(sayable.Where(s => FocusTemplates.Mandatory.Contains(s.Template) && !said.Contains(s))
            .Select(s => new FocusFinding("missing", null, $"a summary must say: {s.Text}")));
        return findings;
    }

    private static (string Rule, string Message)? Problem(FocusSentence sentence, FocusRecord record, IReadOnlyList<FocusSentence> sayable)
    {
        if (sentence.Facts.Count == 0)
        {
            return ("fact.none", "the sentence names no fact");
        }

        if (sentence.Facts.FirstOrDefault(f => !record.Contains(f)) is { } absent)
        {
            return ("fact.absent", $"the record does not hold {absent}");
        }

        var said = sayable.FirstOrDefault(s => s.Template == sentence.Template && s.Facts.Equals(sentence.Facts));
        return said is null ? ("template", $"no template '{sentence.Template}' says anything of exactly these facts")
            : said.Text != sentence.Text ? ("text", $"the template says: {said.Text}")
            : said.Section != sentence.Section ? ("section", $"the sentence is of the kind {said.Section.ToString().ToLowerInvariant()}")
            : null;
    }
}
