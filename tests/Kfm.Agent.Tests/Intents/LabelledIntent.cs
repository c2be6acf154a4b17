using Kfm.Agent.Intents;
using Kfm.Testing;

namespace Kfm.Agent.Tests.Intents;

/// <summary>A row of <c>labelled-intents.tsv</c>: the head of the file says how the rows were made and what each half may be used for.</summary>
internal sealed record LabelledIntent(string Split, RiskTier Tier, IntentKind Kind, string Text)
{
    public static IReadOnlyList<LabelledIntent> All { get; } =
    [
        .. File.ReadLines(RepositoryRoot.Combine("tests", "Kfm.Agent.Tests", "Intents", "labelled-intents.tsv"))
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split('\t'))
            .Select(cells => new LabelledIntent(cells[0], Enum.Parse<RiskTier>(cells[1]), Enum.Parse<IntentKind>(cells[2]), cells[3].Replace("\\n", "\n", StringComparison.Ordinal))),
    ];
}
