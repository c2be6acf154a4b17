namespace Kfm.Agent.Intents;

/// <summary>The table of words, highest tier first. It is written for intents in English.</summary>
/// <remarks>A row too many asks a person to look; a row too few lets a change through. So a word that often stands for a risk is in the table.</remarks>
internal static partial class IntentTable
{
    /// <summary>The rows.</summary>
    public static readonly IReadOnlyList<IntentRule> Rules =
    [
        new(IntentKind.Compliance, RiskTier.Critical, IntentRuleStrength.Strong, Law + PersonalData + Governance),
        new(IntentKind.Architecture, RiskTier.Critical, IntentRuleStrength.Strong, Structure + Rebuilding + Boundaries),
        new(IntentKind.Auth, RiskTier.High, IntentRuleStrength.Strong, SigningIn + Access + Keys + Attacks),
        new(IntentKind.Migration, RiskTier.High, IntentRuleStrength.Strong, Databases + SchemaChanges + StoredData),
        new(IntentKind.Migration, RiskTier.High, IntentRuleStrength.Contextual, TableWords),
        new(IntentKind.Api, RiskTier.Medium, IntentRuleStrength.Strong, Interfaces),
        new(IntentKind.Fix, RiskTier.Medium, IntentRuleStrength.Strong, Faults),
        new(IntentKind.Feature, RiskTier.Medium, IntentRuleStrength.Strong, ProgramParts),
        new(IntentKind.Config, RiskTier.Low, IntentRuleStrength.Strong, Settings),
        new(IntentKind.Docs, RiskTier.Low, IntentRuleStrength.Strong, Texts),
        new(IntentKind.Fix, RiskTier.Medium, IntentRuleStrength.Weak, "fix*, repair*, correct*, wrong*, fail*, error*, broken, mend*, missing"),
        new(IntentKind.Feature, RiskTier.Medium, IntentRuleStrength.Weak,
            "add*, implement*, support*, feature*, introduc*, creat*, new, extend*, allow*, let, refactor*, improv*, chang*"),
    ];

    /// <summary>What stands where nothing fires.</summary>
    public static readonly IntentRule Default = new(IntentKind.Feature, RiskTier.Medium, IntentRuleStrength.Weak, "");

    // Terms in which a word of the table says nothing about a risk.
    private static readonly IReadOnlyList<IntentPattern> Harmless = IntentPattern.List(
        "cancellation token*, design token*, table|tables of contents, table of figures, 72|80|100|120|132 columns, case-sensitive, case sensitive, "
        + "software architecture document, session notes, database of questions, merge conflict*");

    /// <summary>The words without harmless terms; a term leaves the end of a clause behind, so that nothing matches across it.</summary>
    public static IReadOnlyList<IntentWord> WithoutHarmless(IReadOnlyList<IntentWord> words)
    {
        var left = new List<IntentWord>(words.Count);
        for (var i = 0; i < words.Count;)
        {
            var term = Harmless.Select(p => p.Match(words, i)).FirstOrDefault(m => m is not null);
            left.Add(term is null ? words[i] : IntentWord.End);
            i += term is null ? 1 : term.Split(' ').Length;
        }

        return left;
    }

    /// <summary>The words of the sentences in which no row of the tier low fires.</summary>
    public static IReadOnlyList<IntentWord> WithoutLowSentences(IReadOnlyList<IntentWord> words)
    {
        var left = new List<IntentWord>();
        for (var start = 0; start < words.Count;)
        {
            var sentence = words.Skip(start).TakeWhile(w => !w.IsEnd).ToList();
            if (!Rules.Any(r => r.Tier == RiskTier.Low && r.Match(sentence) is not null))
            {
                left.AddRange(sentence);
                left.Add(IntentWord.End);
            }

            start += sentence.Count + 1;
        }

        return left;
    }
}
