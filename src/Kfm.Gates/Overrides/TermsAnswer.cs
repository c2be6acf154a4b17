using System.Text.Json;

namespace Kfm.Gates.Overrides;

/// <summary>What the policies answer at <see cref="OverrideTerms.Query"/>.</summary>
internal sealed record TermsAnswer(string Tier, IReadOnlyList<string> Roles, int Days, IReadOnlySet<string> Lifts)
{
    private const int MaxRoles = 8;
    private static readonly string[] Members = ["days", "lifts", "roles", "tier"];

    /// <summary>Reads an answer; null when it has another form.</summary>
    public static TermsAnswer? Read(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object
            || !answer.EnumerateObject().Select(m => m.Name).Order(StringComparer.Ordinal).SequenceEqual(Members, StringComparer.Ordinal)
            || answer.GetProperty("tier") is not { ValueKind: JsonValueKind.String } tier
            || answer.GetProperty("days") is not { ValueKind: JsonValueKind.Number } days
            || !days.TryGetInt32(out var number) || number < 1
            || Texts(answer.GetProperty("roles")) is not { Length: > 0 and <= MaxRoles } roles
            || Texts(answer.GetProperty("lifts")) is not { } lifts)
        {
            return null;
        }

        return roles.Distinct(StringComparer.Ordinal).Count() == roles.Length
            ? new TermsAnswer(tier.GetString()!, roles, number, lifts.ToHashSet(StringComparer.Ordinal))
            : null;
    }

    private static string[]? Texts(JsonElement array) =>
        array.ValueKind == JsonValueKind.Array && array.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. array.EnumerateArray().Select(item => item.GetString()!)]
            : null;
}
