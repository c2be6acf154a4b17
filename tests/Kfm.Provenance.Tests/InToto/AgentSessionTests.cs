using Kfm.Provenance.InToto;
using Kfm.Provenance.InToto.Predicates;

namespace Kfm.Provenance.Tests.InToto;

public sealed class AgentSessionTests
{
    private const string Head = "1234567890123456789012345678901234567890";
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Session_is_written_in_the_form_of_coding_sessions()
    {
        var json = Session(Head).ToCodingSession();
        Assert.Equal("""{"name":"agent","version":"1"}""", json["agent"]!.ToJsonString());
        Assert.Equal(60, json["session"]!["duration_seconds"]!.GetValue<long>());
        Assert.Equal(3, json["code_changes"]!["lines_added"]!.GetValue<int>());
        Assert.Equal(Head, json["git_context"]!["commit_end"]!.GetValue<string>());
    }

    [Fact]
    public void Approval_is_a_review_of_its_commit_and_of_no_later_one()
    {
        var review = Assert.Single(Session(Head).ToHumanReviews("repository"));
        Assert.Equal(Head, review.Subject[0].Digest["gitCommit"]);
        Assert.Equal("pass", Assert.IsType<HumanReview>(Predicate.Read(Statement.Parse(review.ToJson()))).Result);
        Assert.Contains("HUMAN_APPROVED", Session(Head).ToVerificationResult("v", Start).Properties);
        Assert.DoesNotContain("HUMAN_APPROVED", Session(Head.Replace('1', '2')).ToVerificationResult("v", Start).Properties);
    }

    [Fact]
    public void Refusal_overrules_the_agent()
    {
        var oversight = new HumanApproval(Head, "p1", "reviewer", Approved: false, Start).ToOversight();
        Assert.True(oversight.Reviewed);
        Assert.True(oversight.OverrodeAgent);
    }

    private static AgentSession Session(string commit) => new()
    {
        Id = "s1",
        AgentName = "agent",
        AgentVersion = "1",
        Model = "m",
        Started = Start,
        Ended = Start.AddMinutes(1),
        Commit = new ResourceDescriptor { Uri = "git+https://example.org/r", Digest = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["gitCommit"] = commit } },
        Files = [new("a.cs", "modified", 2, 1), new("b.cs", "created", 1, 0)],
        Approvals = [new(Head, "p1", "reviewer", Approved: true, Start)],
    };
}
