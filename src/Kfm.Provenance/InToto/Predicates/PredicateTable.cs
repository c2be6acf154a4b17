using Kfm.Provenance.Json;

namespace Kfm.Provenance.InToto.Predicates;

/// <summary>The readers by the URI of the type.</summary>
internal static class PredicateTable
{
    private static readonly Dictionary<string, Func<JsonCursor, StatementRules, Predicate>> Readers = new(StringComparer.Ordinal)
    {
        [SlsaProvenanceV02.TypeUri] = SlsaProvenanceV02.Read,
        [SlsaProvenanceV1.TypeUri] = SlsaProvenanceV1.Read,
        [VerificationSummary.TypeUri] = VerificationSummary.Read,
        [TestResult.TypeUri] = TestResult.Read,
        [ScaiReport.TypeUri] = ScaiReport.Read,
        [SimpleVerificationResult.TypeUri] = SimpleVerificationResult.Read,
        [SimpleVerificationResult.FirstTypeUri] = SimpleVerificationResult.ReadFirst,
        [VulnerabilityScan.TypeUri] = VulnerabilityScan.Read,
        [Release.TypeUri] = Release.Read,
        [Release.FirstTypeUri] = Release.ReadFirst,
        [Link.TypeUri] = Link.Read,
        [HumanReview.TypeUri] = HumanReview.Read,
        [AgentAction.TypeUri] = AgentAction.Read,
        [AgentDecision.TypeUri] = AgentDecision.Read,
    };

    public static Predicate Read(Statement statement)
    {
        var type = statement.PredicateType;
        if (BillOfMaterials.IsType(type))
        {
            return BillOfMaterials.Read(type, Open(statement));
        }

        return Readers.TryGetValue(type, out var read) ? read(Open(statement), statement.Rules) : new UnknownPredicate(type, statement.PredicateText);
    }

    private static JsonCursor Open(Statement statement) => JsonCursor.OpenForeign(
        statement.PredicateText.Span, "/predicate", static (message, pointer) => new InTotoFormatException(message, pointer));
}
