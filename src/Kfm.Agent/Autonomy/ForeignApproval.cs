using System.Globalization;
using Kfm.Agent.PullRequests;
using Kfm.Provenance;
using Kfm.Provenance.Signing;

namespace Kfm.Agent.Autonomy;

/// <summary>Approvals in another form than a DSSE envelope of the person: by a key of SSH, or by a review on GitHub that the pipeline vouches for.</summary>
internal static class ForeignApproval
{
    /// <summary>Whether the name of a file says that it is one.</summary>
    public static bool IsOne(ApprovalFile file) => IsSsh(file) || IsReview(file);

    /// <summary>By what an approval is known, in words.</summary>
    public static string By(ApprovalFile file)
    {
        if (IsSsh(file))
        {
            return "signed with a key of SSH";
        }

        return !IsReview(file) ? "signed"
            : ReviewStatement.Parse(DsseEnvelope.Parse(file.Envelope).Payload.Span) is var review
                ? string.Create(CultureInfo.InvariantCulture, $"review {review.Review} of {VisibleText.Line(review.Login)} on GitHub, for which the pipeline vouches")
                : "";
    }

    /// <summary>Why a file cannot count whoever the people are; null when only they decide.</summary>
    public static string? Misfit(ApprovalContext context, ApprovalFile file)
    {
        try
        {
            return IsSsh(file)
                ? About(context, SshApproval.Parse(file.Envelope.Span).Statement)
                : Envelope(file, out var envelope) ?? About(context, ReviewStatement.Parse(envelope!.Payload.Span).Approval);
        }
        catch (KfmException e)
        {
            return e.Message;
        }
    }

    /// <summary>Why the approval does not count, or null and its statement.</summary>
    public static string? Examine(ApprovalContext context, ApprovalFile file, out ApprovalStatement? statement)
    {
        statement = null;
        if (Misfit(context, file) is { } misfit)
        {
            return misfit;
        }

        ApprovalStatement claimed;
        string? refusal;
        if (IsSsh(file))
        {
            var approval = SshApproval.Parse(file.Envelope.Span);
            (claimed, refusal) = (approval.Statement, Ssh(context, approval));
        }
        else
        {
            var envelope = DsseEnvelope.Parse(file.Envelope);
            var review = ReviewStatement.Parse(envelope.Payload.Span);
            (claimed, refusal) = (review.Approval, Review(context, envelope, review));
        }

        statement = refusal is null ? claimed : null;
        return refusal;
    }

    private static bool IsSsh(ApprovalFile file) => file.Name.EndsWith(SshApproval.Extension, StringComparison.Ordinal);

    private static bool IsReview(ApprovalFile file) => file.Name.EndsWith(ReviewStatement.Extension, StringComparison.Ordinal);

    private static string? About(ApprovalContext context, ApprovalStatement claimed) =>
        claimed.Decision != context.Decision ? "it is about another decision"
        : !string.Equals(claimed.Head, context.Head, StringComparison.Ordinal) ? "it is about another head commit"
        : !context.Required.Contains(claimed.Role, StringComparer.Ordinal) ? $"the role {claimed.Role} is not required"
        : null;

    private static string? Envelope(ApprovalFile file, out DsseEnvelope? envelope)
    {
        envelope = DsseEnvelope.Parse(file.Envelope);
        return !envelope.ToJson().AsSpan().SequenceEqual(file.Envelope.Span) ? "the envelope is not in canonical form"
            : envelope.Signatures.Count != 1 ? "the envelope has more than one signature"
            : null;
    }

    private static string? Ssh(ApprovalContext context, SshApproval approval)
    {
        var claimed = approval.Statement;
        if (context.People.Find(claimed.Person) is not { } person)
        {
            return $"{claimed.Person} is not in the people file";
        }

        var key = approval.Signature.Key.Key;
        if (person.Ssh.FirstOrDefault(s => s.Key.Key.Equals(key)) is not { } line || !approval.Signature.Verify(claimed.ToUtf8(), SshApproval.Namespace))
        {
            return $"no key of SSH that the people file gives {person.Id} has signed it for {SshApproval.Namespace}";
        }

        // Of a key that is not valid for ever the time matters, and the signer writes the time: it is not before what it is about.
        var backdated = (line.ValidAfter ?? line.ValidBefore) is not null && context.Decided is { } decided && claimed.Time < decided;
        return line.Refuse(person.Id, SshApproval.Namespace, claimed.Time)
            ?? (backdated ? "its time is before the decision that it approves" : null)
            ?? Person(context, claimed, person)
            ?? (context.ExcludedKeys.Contains(key.KeyId) ? "the key belongs to the author, to the agent or to the pipeline that sealed the bundle" : null);
    }

    private static string? Review(ApprovalContext context, DsseEnvelope envelope, ReviewStatement review)
    {
        if (!context.People.GitHubReviews)
        {
            return "the people file does not let reviews on GitHub count (githubReviews)";
        }

        var verification = envelope.Verify(context.Pipeline, payloadType: ApprovalStatement.PayloadType);
        if (!verification.IsVerified || envelope.Signatures[0].KeyId != verification.VerifiedBy[0].KeyId)
        {
            return "no pipeline that the caller trusts vouches for the review";
        }

        if (context.PullRequest != review.PullRequest.ToString(CultureInfo.InvariantCulture))
        {
            return "it is about another pull request";
        }

        return context.People.Find(review.Approval.Person) is not { } person ? $"{review.Approval.Person} is not in the people file"
            : !string.Equals(person.GitHub, review.Login, StringComparison.OrdinalIgnoreCase) ? $"the people file does not give {person.Id} the login of the review"
            : Person(context, review.Approval, person);
    }

    private static string? Person(ApprovalContext context, ApprovalStatement claimed, Person person) =>
        !person.Roles.Contains(claimed.Role, StringComparer.Ordinal) ? $"{person.Id} does not have the role {claimed.Role}"
        : context.ExcludedIds.Contains(person.Id) ? $"{person.Id} wrote the intent or acts for the agent, and cannot approve the same change"
        : null;
}
