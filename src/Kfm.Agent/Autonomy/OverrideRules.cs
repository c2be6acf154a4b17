using System.Globalization;
using Kfm.Gates.Overrides;
using Kfm.Gates.Scanning;
using Kfm.Provenance;
using Kfm.Provenance.Evidence;

namespace Kfm.Agent.Autonomy;

/// <summary>Which overrides count.</summary>
/// <remarks>
/// An override counts when a key of the people file signed it for a person who has a role that the terms name, when it is about this decision,
/// head and repository and about reasons of one gate that can be lifted, when it is within its time, and when its person neither wrote the
/// intent, nor acts for the agent, nor holds one of their keys. A reason is lifted when all roles of the terms have lifted it, each by another
/// person; a person counts for one role, that of their earliest override.
/// </remarks>
public static class OverrideRules
{
    /// <summary>Counts overrides.</summary>
    /// <param name="context">What they are counted against.</param>
    /// <param name="files">The overrides.</param>
    public static OverrideCount Count(OverrideContext context, IEnumerable<OverrideFile> files)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(files);
        var refused = new List<OverrideRefusal>();
        var valid = new List<GrantedOverride>();
        foreach (var file in files)
        {
            if (Examine(context, file, out var statement) is { } reason)
            {
                refused.Add(new OverrideRefusal(file.Name, reason, IsByTime: false));
            }
            else if (Time(context, statement!) is { } time)
            {
                refused.Add(new OverrideRefusal(file.Name, time, IsByTime: true));
            }
            else
            {
                valid.Add(new GrantedOverride(file.Name, statement!));
            }
        }

        var granted = new List<GrantedOverride>();
        foreach (var candidate in valid.OrderBy(v => v.Statement.From).ThenBy(v => v.Name, StringComparer.Ordinal))
        {
            if (Beside(granted, candidate.Statement) is { } refusal)
            {
                refused.Add(refusal with { Name = candidate.Name });
            }
            else
            {
                granted.Add(candidate);
            }
        }

        return new OverrideCount(granted, refused, [.. context.Terms.Denials.Select(d => d.Text).Where(d => !IsLifted(context.Terms, granted, d))]);
    }

    /// <summary>Why a file cannot count whoever the people are and whatever the time is: it is no override, or one of something else. Null when only these decide.</summary>
    /// <param name="context">What it is counted against; people and time are not asked.</param>
    /// <param name="file">The override.</param>
    public static string? Misfit(OverrideContext context, OverrideFile file)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(file);
        return Misfit(context, file, out _, out _);
    }

    private static bool IsLifted(OverrideTerms terms, List<GrantedOverride> granted, string denial) =>
        terms.Stands(denial) is null
        && terms.Roles.Count > 0
        && terms.Roles.All(role => granted.Any(g => g.Statement.Role == role && g.Statement.Lifts.Contains(denial, StringComparer.Ordinal)));

    private static string? Misfit(OverrideContext context, OverrideFile file, out PersonalEnvelope? envelope, out OverrideStatement? claimed)
    {
        (envelope, claimed) = (null, null);
        try
        {
            (envelope, var reason) = PersonalEnvelope.Read(file.Envelope);
            if (envelope is null)
            {
                return reason;
            }

            claimed = OverrideStatement.Parse(envelope.Payload.Span);
        }
        catch (KfmException e)
        {
            return e.Message;
        }

        return About(context, claimed) ?? Scope(context.Terms, claimed) ?? Duration(context, claimed);
    }

    private static string? About(OverrideContext context, OverrideStatement claimed) =>
        claimed.Decision != context.Decision.Digest ? "it is about another decision"
        : !string.Equals(claimed.Repository, context.Repository, StringComparison.Ordinal) ? "it is about another repository"
        : !string.Equals(claimed.Head, context.Head, StringComparison.Ordinal) ? "it is about another head commit"
        : !context.Decision.Gates.TryGetValue(claimed.Gate, out var passed) ? $"the decision has no gate {claimed.Gate}"
        : passed ? $"the gate {claimed.Gate} passed, so that there is nothing to override"
        : SecretScanner.Scan(claimed.Reason).Count > 0 ? "its justification holds a secret"
        : null;

    private static string? Scope(OverrideTerms terms, OverrideStatement claimed)
    {
        if (terms.Refusal is { } nothing)
        {
            return nothing;
        }

        foreach (var reason in claimed.Lifts)
        {
            if (terms.Stands(reason) is { } why)
            {
                return $"it cannot lift '{reason}': {why}";
            }
        }

        return terms.Roles.Contains(claimed.Role, StringComparer.Ordinal) ? null : $"the role {claimed.Role} overrides nothing here; {string.Join(" and ", terms.Roles)} can";
    }

    private static string? Duration(OverrideContext context, OverrideStatement claimed) =>
        claimed.Until <= claimed.From ? "it ends before it begins"
        : claimed.Until - claimed.From > TimeSpan.FromDays(context.Terms.Days) ? string.Create(CultureInfo.InvariantCulture, $"it lasts longer than {context.Terms.Days} days")
        : claimed.From < context.Decision.Time ? "it begins before the decision was made"
        : null;

    /// <summary>Why the override does not count at any time, or null and its statement.</summary>
    private static string? Examine(OverrideContext context, OverrideFile file, out OverrideStatement? statement)
    {
        statement = null;
        if (Misfit(context, file, out var envelope, out var claimed) is { } misfit)
        {
            return misfit;
        }

        var rules = new SignerRules(context.People, context.ExcludedIds, context.ExcludedKeys) { Act = "override a gate for" };
        var refusal = envelope!.Refuse(rules, claimed!.Person, claimed.Role, OverrideStatement.PayloadType);
        statement = refusal is null ? claimed : null;
        return refusal;
    }

    private static string? Time(OverrideContext context, OverrideStatement statement) =>
        context.Now < statement.From ? $"it holds from {EvidenceTime.Format(statement.From)}, and the time is before that"
        : context.Now >= statement.Until ? $"it ended at {EvidenceTime.Format(statement.Until)}"
        : null;

    /// <summary>Why an override does not count beside those that were granted before it.</summary>
    private static OverrideRefusal? Beside(List<GrantedOverride> granted, OverrideStatement statement)
    {
        if (granted.Exists(g => g.Statement.Person == statement.Person && g.Statement.Role != statement.Role))
        {
            return new OverrideRefusal("", $"{statement.Person} has overridden in another role; one person counts for one role", IsByTime: false);
        }

        // One that lasts longer renews the earlier one.
        return granted.Exists(g => g.Statement.Role == statement.Role && g.Statement.Until >= statement.Until && statement.Lifts.All(r => g.Statement.Lifts.Contains(r, StringComparer.Ordinal)))
            ? new OverrideRefusal("", $"the role {statement.Role} has lifted this already, and for longer", IsByTime: true)
            : null;
    }
}
