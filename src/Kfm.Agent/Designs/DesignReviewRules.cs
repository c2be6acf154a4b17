using Kfm.Agent.Autonomy;
using Kfm.Agent.Intents;
using Kfm.Provenance;
using Kfm.Provenance.Signing;

namespace Kfm.Agent.Designs;

/// <summary>Which design reviews count: at the tier high one of a manager or of security, at the tier critical one of the council and one of legal.</summary>
/// <remarks>
/// A review counts when a key of the people file signed it for a person who has the role, when it is about this design, and when its person neither
/// wrote the intent nor holds a key of the author or of the pipeline. A person counts once: the earliest review stands, then the file that sorts first.
/// </remarks>
public static class DesignReviewRules
{
    /// <summary>Whether a tier needs a review before a model is asked.</summary>
    /// <param name="tier">The tier of the intent.</param>
    public static bool IsNeeded(RiskTier tier) => tier >= RiskTier.High;

    /// <summary>The roles that may review at a tier; none where no review is needed.</summary>
    /// <param name="tier">The tier of the intent.</param>
    public static IReadOnlyList<string> Roles(RiskTier tier) => tier switch
    {
        RiskTier.High => [ApprovalRoles.Manager, ApprovalRoles.Security],
        RiskTier.Critical => [ApprovalRoles.Council, ApprovalRoles.Legal],
        _ => [],
    };

    /// <summary>Counts reviews.</summary>
    /// <param name="context">What they are counted against.</param>
    /// <param name="files">The reviews, as they were found.</param>
    public static DesignReviewCount Count(DesignReviewContext context, IEnumerable<ApprovalFile> files)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(files);
        var refused = new List<ApprovalRefusal>();
        var valid = new List<(string Name, DesignReviewStatement Statement)>();
        foreach (var file in files)
        {
            if (Examine(context, file, out var statement) is { } reason)
            {
                refused.Add(new ApprovalRefusal(file.Name, reason));
            }
            else
            {
                valid.Add((file.Name, statement!));
            }
        }

        var granted = new SortedDictionary<string, (string Name, DesignReviewStatement Statement)>(StringComparer.Ordinal);
        foreach (var review in valid.OrderBy(v => v.Statement.Time).ThenBy(v => v.Name, StringComparer.Ordinal))
        {
            if (granted.ContainsKey(review.Statement.Role))
            {
                refused.Add(new ApprovalRefusal(review.Name, $"there is a review of {review.Statement.Role} already"));
            }
            else if (granted.Values.Any(g => g.Statement.Person == review.Statement.Person))
            {
                refused.Add(new ApprovalRefusal(review.Name, $"{review.Statement.Person} has reviewed in another role; one person counts for one role"));
            }
            else
            {
                granted.Add(review.Statement.Role, review);
            }
        }

        return new DesignReviewCount([.. granted.Values], Missing(context.Tier, [.. granted.Keys]), refused);
    }

    private static string[] Missing(RiskTier tier, string[] granted) => tier switch
    {
        RiskTier.High when granted.Length == 0 => [string.Join(" or ", Roles(tier))],
        RiskTier.Critical => [.. Roles(tier).Except(granted, StringComparer.Ordinal)],
        _ => [],
    };

    /// <summary>Why the review does not count, or null and its statement.</summary>
    private static string? Examine(DesignReviewContext context, ApprovalFile file, out DesignReviewStatement? statement)
    {
        statement = null;
        DsseEnvelope envelope;
        DesignReviewStatement claimed;
        try
        {
            envelope = DsseEnvelope.Parse(file.Envelope);
            claimed = DesignReviewStatement.Parse(envelope.Payload.Span);
        }
        catch (KfmException e)
        {
            return e.Message;
        }

        // Other bytes for the same statement, or a second signature, would be something that nothing vouches for.
        if (envelope.Signatures.Count != 1 || !envelope.ToJson().AsSpan().SequenceEqual(file.Envelope.Span))
        {
            return "the envelope is not in canonical form with one signature";
        }

        if (claimed.Design != context.Design)
        {
            return "it is about another design";
        }

        if (context.People.Find(claimed.Person) is not { } person)
        {
            return $"{claimed.Person} is not in the people file";
        }

        statement = claimed;
        return Signature(envelope, person, out var signer) ?? Person(context, claimed, person, signer!);
    }

    private static string? Signature(DsseEnvelope envelope, Person person, out VerificationKey? signer)
    {
        var verification = envelope.Verify(person.Keys);
        signer = verification.VerifiedBy is [var first, ..] ? first : null;
        return !verification.IsVerified || verification.PayloadType != DesignReviewStatement.PayloadType ? $"no key that the people file gives {person.Id} has signed it"
            : envelope.Signatures[0].KeyId != signer!.KeyId ? "the envelope has another key id than the one that verifies"
            : null;
    }

    private static string? Person(DesignReviewContext context, DesignReviewStatement statement, Person person, VerificationKey signer) =>
        !Roles(context.Tier).Contains(statement.Role, StringComparer.Ordinal) ? $"a design of this tier is not reviewed by {statement.Role}"
        : !person.Roles.Contains(statement.Role, StringComparer.Ordinal) ? $"{person.Id} does not have the role {statement.Role}"
        : context.ExcludedIds.Contains(person.Id) ? $"{person.Id} wrote the intent or acts for the agent, and cannot review its design"
        : context.ExcludedKeys.Contains(signer.KeyId) || context.ExcludedIds.Any(id => context.People.Find(id)?.Keys.Contains(signer) == true)
            ? "the key belongs to the author, to the agent or to the pipeline"
            : null;
}
