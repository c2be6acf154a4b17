using System.Text;
using System.Text.Json.Nodes;
using Kfm.Agent.Autonomy;
using Kfm.Provenance.Signing;

namespace Kfm.Agent.Tests.Autonomy;

/// <summary>Reviews on GitHub for which the pipeline vouches, counted as approvals.</summary>
public sealed class ReviewApprovalTests : IDisposable
{
    private readonly ApprovalFixture _people = new();

    public void Dispose() => _people.Dispose();

    private ApprovalContext Context(bool count = true, string? number = "41")
    {
        var root = _people.Json();
        root["githubReviews"] = count;
        foreach (var person in root["people"]!.AsArray())
        {
            person!["github"] = ((string)person["id"]!)["person:".Length..];
        }

        return _people.Context with { People = PeopleFile.Parse(Encoding.UTF8.GetBytes(root.ToJsonString())), Pipeline = [_people.Key("pipeline").PublicKey], PullRequest = number };
    }

    private static ReviewStatement Review(string person = "person:manager", string role = "manager", string login = "manager") =>
        new(ApprovalFixture.Statement(person, role), "acme/widgets", 41, 7, login);

    private ApprovalFile File(ReviewStatement review, string key = "pipeline") => new(
        $"approvals/{review.Approval.Role}-0.github.json",
        DsseEnvelope.Sign(ApprovalStatement.PayloadType, review.ToUtf8(), _people.Key(key)).ToJson());

    [Fact]
    public void Review_counts_once_and_says_who_vouches()
    {
        var count = ApprovalRules.Count(Context(), [File(Review(login: "Manager"))]);

        Assert.Empty(count.Refused);
        Assert.Equal(["security"], count.Missing);
        Assert.Equal("review 7 of Manager on GitHub, for which the pipeline vouches", count.By(Assert.Single(count.Granted)));
    }

    [Fact]
    public void Review_and_signature_of_one_person_are_one_approval()
    {
        var count = ApprovalRules.Count(Context(), [File(Review("person:both", "manager", "both")), _people.File(ApprovalFixture.Statement("person:both", "security", 1))]);

        Assert.Equal(["security"], count.Missing);
        Assert.Contains("one person counts for one role", Assert.Single(count.Refused).Reason, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Refused => new()
    {
        { "setting", "githubReviews" },
        { "stranger", "no pipeline" },
        { "own", "no pipeline" },
        { "number", "another pull request" },
        { "none", "another pull request" },
        { "login", "the login" },
        { "unknown", "not in the people file" },
        { "role", "does not have the role" },
        { "author", "wrote the intent" },
        { "head", "another head" },
        { "decision", "another decision" },
        { "required", "not required" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Review_that_must_not_count_is_refused(string what, string reason)
    {
        var review = Review();
        var (context, file) = what switch
        {
            "setting" => (Context(count: false), File(review)),
            "stranger" => (Context(), File(review, "stranger")),
            "own" => (Context(), File(review, "person:manager")),
            "number" => (Context(), File(review with { PullRequest = 42 })),
            "none" => (Context(number: null), File(review)),
            "login" => (Context(), File(review with { Login = "security" })),
            "unknown" => (Context(), File(Review("person:nobody", "manager", "nobody"))),
            "role" => (Context(), File(Review("person:security", "manager", "security"))),
            "author" => (Context(), File(Review("person:author", "manager", "author"))),
            "head" => (Context(), File(review with { Approval = review.Approval with { Head = new string('e', 40) } })),
            "decision" => (Context(), File(review with { Approval = review.Approval with { Decision = Provenance.Digests.Digest.Of("x"u8) } })),
            _ => (Context(), File(Review("person:manager", "lead"))),
        };

        var count = ApprovalRules.Count(context, [file]);
        Assert.Contains(reason, Assert.Single(count.Refused).Reason, StringComparison.Ordinal);
        Assert.Equal(["manager", "security"], count.Missing);
    }

    [Fact]
    public void Statement_has_one_form()
    {
        var good = Review().ToUtf8();
        Assert.Equal(Review(), ReviewStatement.Parse(good));
        string[] pointers = ["_type", "subject", "predicateType", "predicate"];
        foreach (var name in pointers)
        {
            foreach (var value in new[] { "null", "1", "[]", "{}", "\"x\"" })
            {
                var root = JsonNode.Parse(good)!;
                root[name] = JsonNode.Parse(value);
                Assert.Throws<ApprovalFormatException>(() => ReviewStatement.Parse(Encoding.UTF8.GetBytes(root.ToJsonString())));
            }
        }

        foreach (var length in Enumerable.Range(0, good.Length))
        {
            Assert.Throws<ApprovalFormatException>(() => ReviewStatement.Parse(good.AsSpan(0, length)));
        }
    }
}
