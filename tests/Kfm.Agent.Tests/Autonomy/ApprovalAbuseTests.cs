using Kfm.Agent.Autonomy;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Signing;
using static Kfm.Agent.Tests.Autonomy.ApprovalFixture;

namespace Kfm.Agent.Tests.Autonomy;

public sealed class ApprovalAbuseTests : IDisposable
{
    private readonly ApprovalFixture _people = new();

    public void Dispose() => _people.Dispose();

    [Fact]
    public void Approvals_of_both_roles_leave_nothing_missing()
    {
        var count = Count(_people.File(Statement("person:manager", "manager")), _people.File(Statement("person:security", "security")));

        Assert.Equal(["manager", "security"], count.Granted.Select(g => g.Role));
        Assert.Empty(count.Missing);
        Assert.Empty(count.Refused);
    }

    [Fact]
    public void Nothing_approved_leaves_every_role_missing() => Assert.Equal(["manager", "security"], Count().Missing);

    [Fact]
    public void One_person_counts_for_one_role()
    {
        var count = Count(_people.File(Statement("person:both", "security", 1)), _people.File(Statement("person:both", "manager", 0)));

        Assert.Equal("manager", Assert.Single(count.Granted).Role);
        Assert.Equal(["security"], count.Missing);
        Assert.Contains("one person counts for one role", Assert.Single(count.Refused).Reason);
    }

    [Fact]
    public void Order_of_the_files_does_not_matter()
    {
        ApprovalFile[] files =
        [
            _people.File(Statement("person:both", "security", 1)),
            _people.File(Statement("person:manager", "manager", 2)),
            _people.File(Statement("person:both", "manager", 3)),
            _people.File(Statement("person:security", "security", 4)),
        ];

        var forth = ApprovalRules.Count(_people.Context, files);
        var back = ApprovalRules.Count(_people.Context, files.Reverse());

        Assert.Equal(forth.Granted, back.Granted);
        Assert.Equal(forth.Refused, back.Refused);
        Assert.Equal(["person:manager", "person:both"], forth.Granted.Select(g => g.Person));
    }

    [Fact]
    public void Second_approval_of_a_role_is_refused() =>
        Assert.Contains("granted already", Assert.Single(Count(
            _people.File(Statement("person:manager", "manager", 0)),
            _people.File(Statement("person:manager", "manager", 1))).Refused).Reason);

    [Theory]
    [InlineData("person:author", "manager", null, "wrote the intent")]
    [InlineData("person:manager", "security", null, "does not have the role")]
    [InlineData("person:manager", "manager", "person:author", "no key")]
    [InlineData("person:manager", "manager", "nobody", "no key")]
    [InlineData("person:nobody", "manager", null, "not in the people file")]
    [InlineData("ai:replay", "manager", null, "not in the people file")]
    [InlineData("person:manager", "lead", null, "not required")]
    public void Approval_that_does_not_count_says_why(string person, string role, string? key, string reason)
    {
        var count = Count(_people.File(Statement(person, role), key));

        Assert.Empty(count.Granted);
        Assert.Contains(reason, Assert.Single(count.Refused).Reason);
    }

    [Fact]
    public void Approval_of_another_decision_or_head_is_void()
    {
        var good = Statement("person:manager", "manager");

        Assert.Contains("another decision", Assert.Single(Count(_people.File(good with { Decision = Digest.Of("x"u8) })).Refused).Reason);
        Assert.Contains("another head", Assert.Single(Count(_people.File(good with { Head = new string('d', 40) })).Refused).Reason);
    }

    [Fact]
    public void Key_of_the_pipeline_does_not_approve_for_a_person_who_shares_it()
    {
        var context = _people.Context with { ExcludedKeys = new HashSet<string>(StringComparer.Ordinal) { _people.Key("person:manager").KeyId } };

        Assert.Contains("belongs to", Assert.Single(ApprovalRules.Count(context, [_people.File(Statement("person:manager", "manager"))]).Refused).Reason);
    }

    [Fact]
    public void Envelope_with_a_second_signature_or_another_hint_is_refused()
    {
        var statement = Statement("person:manager", "manager");
        var two = DsseEnvelope.Sign(ApprovalStatement.PayloadType, statement.ToUtf8(), [_people.Key("person:manager"), _people.Key("x")]).ToJson();
        var text = System.Text.Encoding.UTF8.GetString(_people.File(statement).Envelope.Span);
        var hint = System.Text.Encoding.UTF8.GetBytes(text.Replace(_people.Key("person:manager").KeyId, new string('0', 64), StringComparison.Ordinal));

        Assert.Contains("more than one", Assert.Single(Count(new ApprovalFile("two", two)).Refused).Reason);
        Assert.Contains("another key id", Assert.Single(Count(new ApprovalFile("hint", hint)).Refused).Reason);
    }

    [Fact]
    public void Every_changed_byte_of_an_approval_is_refused()
    {
        var good = _people.File(Statement("person:manager", "manager"));
        for (var i = 0; i < good.Envelope.Length; i++)
        {
            var bytes = good.Envelope.ToArray();
            bytes[i] ^= 1;
            var count = Count(good with { Envelope = bytes });
            Assert.True(count.Granted.Count == 0 && count.Refused.Count == 1, $"byte {i}");
        }
    }

    [Fact]
    public void Misfit_is_known_without_people()
    {
        var context = _people.Context with { People = PeopleFile.Empty };
        var good = Statement("person:manager", "manager");

        Assert.Null(ApprovalRules.Misfit(context, _people.File(good)));
        Assert.NotNull(ApprovalRules.Misfit(context, _people.File(good with { Head = new string('d', 40) })));
        Assert.NotNull(ApprovalRules.Misfit(context, new ApprovalFile("text", "{}"u8.ToArray())));
    }

    private ApprovalCount Count(params ApprovalFile[] files) => ApprovalRules.Count(_people.Context, files);
}
