using System.Globalization;
using System.Text;
using Kfm.Agent.PullRequests.Focus;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Report;

/// <summary>The summary of the run, sentence by sentence; each leads to the facts that it states.</summary>
internal static class FocusSentences
{
    private const int MostFacts = 3;

    public static void Write(Html html, RunView view, Anchors anchors)
    {
        html.Quiet("Each sentence is made by a template from the facts that it names, and from nothing else. ", Mark.Code("kfm focus BUNDLE --check FILE"), " refuses any other sentence.");
        var facts = view.Graph.Facts.Facts.ToLookup(FocusRecord.IdOf, StringComparer.Ordinal);
        var sentences = FocusSummary.Of(view.Focus()).Sentences;
        foreach (var section in new[] { FocusSection.Policy, FocusSection.Fact, FocusSection.Interpretation })
        {
            var those = sentences.Where(s => s.Section == section).ToArray();
            if (those.Length > 0)
            {
                html.Section(section.ToString(), h => h.Raw("<ul class=\"sentences\">" + string.Concat(those.Select(s => Sentence(s, facts, anchors))) + "</ul>"));
            }
        }
    }

    private static string Sentence(FocusSentence sentence, ILookup<string, Fact> facts, Anchors anchors)
    {
        var links = sentence.Facts.Take(MostFacts).Select(id => Html.Inner(Mark.Code(Short(id)).To(facts[id].FirstOrDefault() is { } fact ? Place(fact, anchors) : "policy")));
        var rest = sentence.Facts.Count > MostFacts ? string.Create(CultureInfo.InvariantCulture, $" and {sentence.Facts.Count - MostFacts} more") : "";
        return $"<li>{Text(sentence.Text)} <span class=\"quiet\">({string.Join(", ", links)}{rest})</span></li>";
    }

    private static string Place(Fact fact, Anchors anchors) => fact switch
    {
        Tested check => anchors.Of(check),
        Run run => Anchors.Of(run.Key),
        Artifact artifact => anchors.Of(artifact),
        Actor actor => anchors.Of(actor),
        AssociatedWith or ActedFor => "actors",
        Measured or Labelled => "words",
        Decided => "policy",
        _ => "proofs",
    };

    // "evidence.json#sha256:…" by the start of its digest; a pointer as it is.
    private static string Short(string id)
    {
        var at = id.IndexOf("#sha256:", StringComparison.Ordinal);
        return at < 0 ? id : id[(at + 8)..Math.Min(id.Length, at + 16)];
    }

    // The code spans of the sentence as code: a fence of n backticks ends at the next n of them (CommonMark 6.1).
    private static string Text(string sentence)
    {
        var text = new StringBuilder();
        for (var i = 0; i < sentence.Length;)
        {
            var start = sentence.IndexOf('`', i);
            var fence = start < 0 ? 0 : sentence.AsSpan(start).IndexOfAnyExcept('`');
            var end = fence <= 0 ? -1 : End(sentence, start + fence, fence);
            if (end < 0)
            {
                return text.Append(Html.Encode(sentence[i..])).ToString();
            }

            var span = sentence[(start + fence)..end];
            var padded = span.Length > 2 && span[0] == ' ' && span[^1] == ' ';
            text.Append(Html.Encode(sentence[i..start])).Append(Html.Inner(Mark.Code(padded ? span[1..^1] : span)));
            i = end + fence;
        }

        return text.ToString();
    }

    private static int End(string text, int from, int fence)
    {
        for (var at = text.IndexOf('`', from); at >= 0;)
        {
            var run = text.AsSpan(at).IndexOfAnyExcept('`') is var n and >= 0 ? n : text.Length - at;
            if (run == fence)
            {
                return at;
            }

            at = at + run < text.Length ? text.IndexOf('`', at + run) : -1;
        }

        return -1;
    }
}
