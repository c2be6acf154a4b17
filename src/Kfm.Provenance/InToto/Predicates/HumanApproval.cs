using Kfm.Provenance.Evidence;

namespace Kfm.Provenance.InToto.Predicates;

/// <summary>The approval, or refusal, of one commit by a person.</summary>
/// <param name="Commit">The commit, in hexadecimal: what is pushed later is not approved.</param>
/// <param name="Reviewer">A pseudonym of the person.</param>
/// <param name="Role">The role in which the person acted.</param>
/// <param name="Approved">Whether the person approved.</param>
/// <param name="Time">When.</param>
public sealed record HumanApproval(string Commit, string Reviewer, string Role, bool Approved, DateTimeOffset Time)
{
    /// <summary>The approval as a review (in-toto human-review 0.1) of the commit.</summary>
    /// <param name="repository">The name of the subject, such as the repository.</param>
    public Statement ToReview(string repository)
    {
        var subject = new ResourceDescriptor
        {
            Name = repository,
            Digest = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["gitCommit"] = Commit },
        };
        return new HumanReview { Result = Approved ? "pass" : "fail", Timestamp = EvidenceTime.Format(EvidenceTime.Truncate(Time)) }.ToStatement(subject);
    }

    /// <summary>The approval as the oversight of a decision.</summary>
    public AgentOversight ToOversight() => new(Reviewed: true, OverrodeAgent: !Approved)
    {
        ReviewerRef = Reviewer,
        Authority = Role,
        ReviewedAt = EvidenceTime.Format(EvidenceTime.Truncate(Time)),
    };
}
