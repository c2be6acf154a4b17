using System.Text.Json;
using Kfm.Gates.Decisions;
using Kfm.Gates.Rego;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;

namespace Kfm.Gates.Overrides;

/// <summary>What of a denial can be lifted, by whom and for how long: what its policies permit at <see cref="Query"/>, less what no policy can permit.</summary>
/// <remarks>
/// The policies answer <c>{ "tier", "roles": [role], "days", "lifts": [reason] }</c>. Where they do not, nothing can be lifted. All roles must sign for each
/// reason, each by another person; at the tiers high and critical there are two at least.
/// </remarks>
public sealed class OverrideTerms
{
    /// <summary>The query that the policies answer.</summary>
    public const string Query = "data.kfm.overrides.terms";

    /// <summary>The most days that an override can last, whatever the policies say.</summary>
    public const int MaxDays = 30;

    private readonly Dictionary<string, string> _stands = new(StringComparer.Ordinal);

    private OverrideTerms(IReadOnlyList<DenialReason> denials) => Denials = denials;

    /// <summary>Why nothing can be lifted, or null.</summary>
    public string? Refusal { get; private init; }

    /// <summary>All that denies.</summary>
    public IReadOnlyList<DenialReason> Denials { get; }

    /// <summary>The roles that must sign, each by another person; empty when nothing can be lifted.</summary>
    public IReadOnlyList<string> Roles { get; private init; } = [];

    /// <summary>The days that an override may last; 0 when nothing can be lifted.</summary>
    public int Days { get; private init; }

    /// <summary>Works out the terms. Whatever goes wrong on the way lifts nothing.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="context">The bytes of the context.json that it was made from.</param>
    /// <param name="modules">The policies that made it.</param>
    /// <param name="cancellationToken">Abandons the evaluation.</param>
    /// <exception cref="ContextFormatException">The bytes are not context.json.</exception>
    public static OverrideTerms Of(Decision decision, ReadOnlySpan<byte> context, IReadOnlyList<RegoModule> modules, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(decision);
        ArgumentNullException.ThrowIfNull(modules);
        var input = GateContext.Parse(context);
        var denials = DenialReason.Of(decision);
        var problem = decision switch
        {
            { Verdict: not Verdict.Deny } => "the gates did not deny, so that there is nothing to override",
            _ when decision.Input != input.Digest || decision.PolicySet != PolicySet.Digest(modules) => "the decision was made from another context or by other policies",
            _ when decision.Gates.Values.All(passed => passed) => "no gate failed; what denied cannot be lifted",
            _ when decision.Gates.Any(gate => !gate.Value && denials.All(d => d.Gate != gate.Key)) => "a gate failed without a reason that could be lifted",
            _ => null,
        };
        return problem is null ? Ask(input, denials, modules, cancellationToken) : new OverrideTerms(denials) { Refusal = problem };
    }

    /// <summary>Why a reason cannot be lifted, or null when it can.</summary>
    /// <param name="reason">A reason as it stands in the decision.</param>
    public string? Stands(string reason) => Refusal
        ?? (_stands.TryGetValue(reason, out var why) ? why : Denials.Any(d => d.Text == reason) ? null : "it is no reason of the decision");

    /// <summary>The reasons of a gate that words name.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="scope">
    /// Words, each the name of a check such as <c>build.reproducible</c>, the path in one such as <c>data/a.csv</c>, or a whole reason.
    /// </param>
    /// <exception cref="OverrideScopeException">A word names no reason of the gate, or means all of them.</exception>
    public IReadOnlyList<string> Resolve(string gate, IEnumerable<string> scope)
    {
        ArgumentNullException.ThrowIfNull(gate);
        ArgumentNullException.ThrowIfNull(scope);
        var own = Denials.Where(d => d.Gate == gate).ToArray();
        if (own.Length == 0)
        {
            throw new OverrideScopeException($"the decision has no reason of a gate '{gate}'.");
        }

        return [.. scope.SelectMany(word => Named(own, word)).Distinct(StringComparer.Ordinal)];
    }

    private static string[] Named(DenialReason[] reasons, string word)
    {
        var named = reasons.Where(r => r.IsNamed(word)).Select(r => r.Text).ToArray();
        return named.Length > 0
            ? named
            : throw new OverrideScopeException($"'{word}' names no reason of the gate; name a check or a whole reason: {string.Join(" | ", reasons.Select(r => r.Cause))}");
    }

    private static OverrideTerms Ask(GateContext input, IReadOnlyList<DenialReason> denials, IReadOnlyList<RegoModule> modules, CancellationToken cancellationToken)
    {
        try
        {
            var options = new EvaluateOptions { CancellationToken = cancellationToken };
            var answer = RegoEngine.Compile(modules).Prepare(Query).Evaluate(RegoValue.Parse(input.Utf8.Span), options).ToCanonicalJson();
            return answer is null ? new OverrideTerms(denials) { Refusal = "the policies permit no override" } : Read(answer, input, denials);
        }
        catch (Exception e) when (e is RegoCompileException or RegoEvaluationException or JsonFormatException)
        {
            return new OverrideTerms(denials) { Refusal = "the policies do not say what can be overridden: " + e.Message };
        }
    }

    private static OverrideTerms Read(byte[] answer, GateContext input, IReadOnlyList<DenialReason> denials)
    {
        using var document = JsonDocument.Parse(answer);
        if (TermsAnswer.Read(document.RootElement) is not { } permitted)
        {
            return new OverrideTerms(denials) { Refusal = $"the policies answer {Query} in another form" };
        }

        var problem = ContextTier.Of(input) switch
        {
            null => "the tier of risk is not known",
            var tier when tier != permitted.Tier => "the policies take the proposal for one of another tier than its labels say",
            var tier when ContextTier.NeedsTwo(tier) && permitted.Roles.Count < 2 => $"the policies ask for one person at tier {tier}, and two are needed",
            _ => null,
        };
        if (problem is not null)
        {
            return new OverrideTerms(denials) { Refusal = problem };
        }

        var terms = new OverrideTerms(denials) { Roles = permitted.Roles, Days = Math.Min(permitted.Days, MaxDays) };
        var checks = input.Facts.Select(f => f.Fact).OfType<Tested>().ToArray();
        foreach (var denial in denials)
        {
            if (OverrideFloor.Refusal(denial, checks) is { } why)
            {
                terms._stands[denial.Text] = why;
            }
            else if (!permitted.Lifts.Contains(denial.Text))
            {
                terms._stands[denial.Text] = "the policies do not permit to lift it";
            }
        }

        return terms;
    }
}
