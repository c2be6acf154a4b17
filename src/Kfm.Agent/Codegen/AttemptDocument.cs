namespace Kfm.Agent.Codegen;

/// <summary>One model of a chain, as agent.json and replay files have it.</summary>
internal sealed record AttemptDocument(string Model, string Outcome, string Reason)
{
    private static readonly string[] Outcomes = ["answered", "error", "timeout", "low_confidence", "egress_refused"];

    /// <summary>The word of the record for what came of an attempt.</summary>
    public static string Word(CodegenAttemptOutcome outcome) => Outcomes[(int)outcome];

    public static AttemptDocument[]? Of(IReadOnlyList<CodegenAttempt> attempts) =>
        attempts.Count == 0 ? null : [.. attempts.Select(a => new AttemptDocument(a.Model, Word(a.Outcome), a.Reason))];

    /// <summary>The first attempt whose outcome is no known word, from 0; -1 when there is none.</summary>
    public static int Unknown(IReadOnlyList<AttemptDocument>? attempts) => (attempts ?? []).ToList().FindIndex(a => !Outcomes.Contains(a.Outcome, StringComparer.Ordinal));

    public static CodegenAttempt[] ToAttempts(IReadOnlyList<AttemptDocument>? attempts) =>
        [.. (attempts ?? []).Select(a => new CodegenAttempt(a.Model, (CodegenAttemptOutcome)Array.IndexOf(Outcomes, a.Outcome), a.Reason))];
}
