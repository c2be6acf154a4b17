using Kfm.Provenance;

namespace Kfm.Agent.Autonomy;

/// <summary>Which approvals count.</summary>
/// <remarks>
/// An approval counts when a key of the people file signed it for a person who has the role, when it is about this decision and this head,
/// when its role is required and not yet granted, and when its person neither wrote the intent, nor acts for the agent, nor holds one of
/// their keys. A person counts once: the earliest approval stands, then the file that sorts first.
/// </remarks>
public static class ApprovalRules
{
    /// <summary>Counts approvals.</summary>
    /// <param name="context">What they are counted against.</param>
    /// <param name="files">The approvals.</param>
    public static ApprovalCount Count(ApprovalContext context, IEnumerable<ApprovalFile> files)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(files);
        var refused = new List<ApprovalRefusal>();
        var valid = new List<(string Name, ApprovalStatement Statement)>();
        var by = new Dictionary<ApprovalStatement, string>();
        foreach (var file in files)
        {
            if (Examine(context, file, out var statement) is { } reason)
            {
                refused.Add(new ApprovalRefusal(file.Name, reason));
            }
            else
            {
                valid.Add((file.Name, statement!));
                by.TryAdd(statement!, ForeignApproval.By(file));
            }
        }

        var granted = new SortedDictionary<string, ApprovalStatement>(StringComparer.Ordinal);
        foreach (var (name, statement) in valid.OrderBy(v => v.Statement.Time).ThenBy(v => v.Name, StringComparer.Ordinal))
        {
            if (granted.ContainsKey(statement.Role))
            {
                refused.Add(new ApprovalRefusal(name, $"the role {statement.Role} is granted already"));
            }
            else if (granted.Values.Any(g => string.Equals(g.Person, statement.Person, StringComparison.Ordinal)))
            {
                refused.Add(new ApprovalRefusal(name, $"{statement.Person} has approved in another role; one person counts for one role"));
            }
            else
            {
                granted.Add(statement.Role, statement);
            }
        }

        var missing = context.Required.Where(r => !granted.ContainsKey(r)).Order(StringComparer.Ordinal).ToArray();
        return new ApprovalCount([.. granted.Values], missing, refused) { Sources = by };
    }

    /// <summary>Why a file cannot count whoever the people are: it is no approval, or one of something else. Null when only the people decide.</summary>
    /// <param name="context">What it is counted against; the people are not asked.</param>
    /// <param name="file">The approval.</param>
    public static string? Misfit(ApprovalContext context, ApprovalFile file)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(file);
        return ForeignApproval.IsOne(file) ? ForeignApproval.Misfit(context, file) : Misfit(context, file, out _, out _);
    }

    private static string? Misfit(ApprovalContext context, ApprovalFile file, out PersonalEnvelope? envelope, out ApprovalStatement? claimed)
    {
        (envelope, claimed) = (null, null);
        try
        {
            (envelope, var reason) = PersonalEnvelope.Read(file.Envelope);
            if (envelope is null)
            {
                return reason;
            }

            claimed = ApprovalStatement.Parse(envelope.Payload.Span);
        }
        catch (KfmException e)
        {
            return e.Message;
        }

        return claimed.Decision != context.Decision ? "it is about another decision"
            : !string.Equals(claimed.Head, context.Head, StringComparison.Ordinal) ? "it is about another head commit"
            : !context.Required.Contains(claimed.Role, StringComparer.Ordinal) ? $"the role {claimed.Role} is not required"
            : null;
    }

    /// <summary>Why the approval does not count, or null and its statement.</summary>
    private static string? Examine(ApprovalContext context, ApprovalFile file, out ApprovalStatement? statement)
    {
        if (ForeignApproval.IsOne(file))
        {
            return ForeignApproval.Examine(context, file, out statement);
        }

        statement = null;
        if (Misfit(context, file, out var envelope, out var claimed) is { } misfit)
        {
            return misfit;
        }

        var rules = new SignerRules(context.People, context.ExcludedIds, context.ExcludedKeys) { Act = "approve" };
        var refusal = envelope!.Refuse(rules, claimed!.Person, claimed.Role, ApprovalStatement.PayloadType);
        statement = refusal is null ? claimed : null;
        return refusal;
    }
}
