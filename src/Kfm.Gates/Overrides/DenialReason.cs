using Kfm.Gates.Decisions;

namespace Kfm.Gates.Overrides;

/// <summary>A reason of a decision that denies.</summary>
/// <param name="Text">The reason as it stands in decision.json.</param>
/// <param name="Gate">The gate that gave it; null where none did.</param>
/// <param name="Cause">What the gate says; the whole text where no gate gave it.</param>
public sealed record DenialReason(string Text, string? Gate, string Cause)
{
    private const string Start = "deny: ";

    /// <summary>The name of the check, or the first words, up to how it ended: <c>build.reproducible</c>, <c>contract:data/a.csv</c>.</summary>
    internal bool IsNamed(string scope) =>
        Text == scope || Cause == scope || StartsWith(Cause, scope)
        || (Cause.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && StartsWith(Cause[(colon + 1)..], scope));

    /// <summary>What of a decision denies, in the order of its reasons. Codes such as <c>tier_low</c> do not; every other text that is not known does.</summary>
    /// <param name="decision">The decision.</param>
    public static IReadOnlyList<DenialReason> Of(Decision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return [.. decision.Reasons.Where(reason => !IsCode(reason)).Select(reason => Read(reason, decision))];
    }

    private static DenialReason Read(string reason, Decision decision)
    {
        var end = reason.StartsWith(Start, StringComparison.Ordinal) ? reason.IndexOf(": ", Start.Length, StringComparison.Ordinal) : -1;
        var gate = end < 0 ? null : reason[Start.Length..end];
        return gate is not null && decision.Gates.TryGetValue(gate, out var passed) && !passed
            ? new DenialReason(reason, gate, reason[(end + 2)..])
            : new DenialReason(reason, null, reason);
    }

    // What denies is never told by a code; a warning and a code may be followed by what they are about.
    private static bool IsCode(string reason)
    {
        var end = reason.IndexOf(": ", StringComparison.Ordinal);
        var word = end < 0 ? reason : reason[..end];
        return word.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_')
            && (end < 0 || word == "warn" || (word.Contains('_', StringComparison.Ordinal) && word != "gate_error"));
    }

    private static bool StartsWith(string text, string scope) => scope.Length > 0 && text.StartsWith(scope + " ", StringComparison.Ordinal);
}
