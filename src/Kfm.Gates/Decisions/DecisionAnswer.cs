using System.Text.Json;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Gates.Decisions;

/// <summary>Reads what the policies answer at <c>data.kfm.decision</c>. What is not exactly of that form denies.</summary>
internal static class DecisionAnswer
{
    private const int MaxText = 16 * 1024;
    private static readonly string[] Members = ["verdict", "allow", "gates", "reasons", "required_approvals", "stewardship"];

    public static Decision Read(byte[]? answer, GateContext context, Digest policySet)
    {
        if (answer is not { } json)
        {
            return Error("data.kfm.decision is undefined", context, policySet);
        }

        try
        {
            using var document = JsonDocument.Parse(json.AsMemory());
            return Read(document.RootElement, context, policySet) is var decision && decision.Contradiction() is { } problem
                ? Error("the policies contradict themselves: " + problem, context, policySet)
                : decision;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            return Error("data.kfm.decision is malformed: " + e.Message, context, policySet);
        }
    }

    /// <summary>The denial of a gate that could not run.</summary>
    public static Decision Error(string message, GateContext context, Digest policySet)
    {
        var line = message.ReplaceLineEndings(" ");
        var text = "gate_error: " + (line.Length > 1_000 ? line[..1_000] : line);
        return new Decision(Verdict.Deny, Decision.GateNames.ToDictionary(name => name, _ => false, StringComparer.Ordinal), [text], context, policySet);
    }

    private static Decision Read(JsonElement answer, GateContext context, Digest policySet)
    {
        string[] names = [.. answer.EnumerateObject().Select(member => member.Name)];
        if (!names.Order(StringComparer.Ordinal).SequenceEqual(Members.Order(StringComparer.Ordinal), StringComparer.Ordinal))
        {
            throw new InvalidOperationException("its members are not " + string.Join(", ", Members));
        }

        var verdict = answer.Text("verdict") switch
        {
            "deny" => Verdict.Deny,
            "review" => Verdict.Review,
            "allow" => Verdict.Allow,
            _ => throw new InvalidOperationException("the verdict is none of deny, review, allow"),
        };
        if (answer.GetProperty("allow").GetBoolean() != (verdict == Verdict.Allow))
        {
            throw new InvalidOperationException("allow contradicts the verdict");
        }

        var gates = answer.GetProperty("gates").EnumerateObject().ToDictionary(gate => gate.Name, gate => gate.Value.GetString() switch
        {
            "pass" => true,
            "fail" => false,
            _ => throw new InvalidOperationException("a gate is neither pass nor fail"),
        }, StringComparer.Ordinal);
        if (gates.Keys.FirstOrDefault(name => !IsGateName(name)) is { } odd)
        {
            throw new InvalidOperationException($"'{odd}' is no name of a gate");
        }

        return verdict != Verdict.Deny && gates.Values.Any(passed => !passed)
            ? throw new InvalidOperationException("a gate failed but the verdict does not deny")
            : new Decision(verdict, gates, Texts(answer, "reasons"), context, policySet)
            {
                RequiredApprovals = Decision.Sorted(Texts(answer, "required_approvals")),
                Stewardship = Decision.Sorted(Texts(answer, "stewardship")),
            };
    }

    private static bool IsGateName(string name) =>
        name.Length > 0 && char.IsAsciiLetterLower(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    private static string[] Texts(JsonElement answer, string name)
    {
        var texts = answer.Texts(name);
        return Array.TrueForAll(texts, text => text is { Length: > 0 and <= MaxText })
            ? texts
            : throw new InvalidOperationException($"a text of {name} is null, empty or longer than {MaxText}");
    }
}
