using System.Text;
using System.Text.Json.Nodes;
using Kfm.Agent.Autonomy;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Signing;

namespace Kfm.Agent.Tests.Autonomy;

public sealed class ApprovalRulesTests : IDisposable
{
    private const string Head = "0123456789012345678901234567890123456789";
    private static readonly Digest Decision = Digest.Of("decision"u8);
    private static readonly DateTimeOffset Time = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Dictionary<string, EcdsaSigningKey> _keys = new(StringComparer.Ordinal);

    [Fact]
    public void Approval_by_a_key_of_the_role_counts()
    {
        var count = Count(["lead"], Sign("ann", "lead"));
        Assert.Empty(count.Missing);
        Assert.Equal("person:ann", Assert.Single(count.Granted).Person);
    }

    [Theory]
    [InlineData("another decision")]
    [InlineData("another head commit")]
    public void Approval_of_something_else_is_void(string reason)
    {
        var statement = Statement("ann", "lead");
        statement = reason == "another decision" ? statement with { Decision = Digest.Of("x"u8) } : statement with { Head = Head.Replace('0', 'f') };
        AssertRefused(Count(["lead"], Sign(statement, "ann")), reason);
    }

    [Fact]
    public void Role_that_the_person_does_not_have_is_refused() => AssertRefused(Count(["council"], Sign("ann", "council")), "does not have the role");

    [Fact]
    public void Role_that_nobody_asked_for_is_refused() => AssertRefused(Count(["security"], Sign("ann", "lead")), "is not required");

    [Fact]
    public void Signature_by_the_key_of_another_person_is_refused() =>
        AssertRefused(Count(["lead"], Sign(Statement("ann", "lead"), "bob")), "no key that the people file gives");

    [Fact]
    public void Person_who_is_not_in_the_file_is_refused() => AssertRefused(Count(["lead"], Sign("zoe", "lead")), "is not in the people file");

    [Fact]
    public void Author_is_refused_by_id() => AssertRefused(Count(["lead"], ["person:ann"], [], Sign("ann", "lead")), "wrote the intent");

    [Fact]
    public void Key_of_the_pipeline_is_refused() => AssertRefused(Count(["lead"], [], [Key("ann").KeyId], Sign("ann", "lead")), "the key belongs to");

    [Fact]
    public void One_person_counts_for_one_role()
    {
        var count = Count(["manager", "security"], Sign("bob", "manager"), Sign(Statement("bob", "security") with { Time = Time.AddMinutes(1) }, "bob"));
        Assert.Equal(["security"], count.Missing);
        Assert.Contains("one person counts for one role", Assert.Single(count.Refused).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Envelope_with_a_foreign_key_id_is_refused()
    {
        var file = Sign("ann", "lead");
        var text = Encoding.UTF8.GetString(file.Envelope.Span).Replace(Key("ann").KeyId, Key("bob").KeyId, StringComparison.Ordinal);
        AssertRefused(Count(["lead"], new ApprovalFile("a", Encoding.UTF8.GetBytes(text))), "another key id");
    }

    [Theory]
    [InlineData("""{"formatVersion":2,"people":[]}""", "/formatVersion")]
    [InlineData("""{"formatVersion":1,"people":[],"x":1}""", "/x")]
    [InlineData("""{"formatVersion":1,"people":[{"id":"ann","roles":[],"keys":[]}]}""", "/people/0/id")]
    [InlineData("""{"formatVersion":1,"people":[{"id":"person:ann","roles":["king"],"keys":[]}]}""", "/people/0/roles/0")]
    [InlineData("""{"formatVersion":1,"people":[{"id":"person:ann","roles":[],"keys":["x"]}]}""", "/people/0/keys/0")]
    [InlineData("""{"formatVersion":1,"people":[{"id":"person:a","roles":[],"keys":[]},{"id":"person:a","roles":[],"keys":[]}]}""", "/people")]
    public void Malformed_people_file_names_the_place(string text, string pointer) =>
        Assert.Equal(pointer, Assert.Throws<PeopleFormatException>(() => PeopleFile.Parse(Encoding.UTF8.GetBytes(text))).Pointer);

    [Fact]
    public void Statement_is_read_back_and_only_in_its_one_form()
    {
        var statement = Statement("ann", "lead");
        Assert.Equal(statement, ApprovalStatement.Parse(statement.ToUtf8()));
        Assert.Throws<ApprovalFormatException>(() => ApprovalStatement.Parse([.. statement.ToUtf8(), (byte)' ']));
    }

    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }

    private static void AssertRefused(ApprovalCount count, string reason)
    {
        Assert.Empty(count.Granted);
        Assert.Contains(reason, Assert.Single(count.Refused).Reason, StringComparison.Ordinal);
    }

    private static ApprovalStatement Statement(string person, string role) => new(Decision, Head, role, "person:" + person, Time);

    private ApprovalCount Count(string[] required, params ApprovalFile[] files) => Count(required, [], [], files);

    private ApprovalCount Count(string[] required, string[] ids, string[] keys, params ApprovalFile[] files) => ApprovalRules.Count(
        new ApprovalContext(Decision, Head, required, People())
        {
            ExcludedIds = ids.ToHashSet(StringComparer.Ordinal),
            ExcludedKeys = keys.ToHashSet(StringComparer.Ordinal),
        },
        files);

    private PeopleFile People() => PeopleFile.Parse(Encoding.UTF8.GetBytes(new JsonObject
    {
        ["formatVersion"] = 1,
        ["people"] = new JsonArray(PersonNode("ann", "lead"), PersonNode("bob", "manager", "security")),
    }.ToJsonString()));

    private JsonObject PersonNode(string name, params string[] roles) => new()
    {
        ["id"] = "person:" + name,
        ["roles"] = new JsonArray([.. roles.Select(r => (JsonNode)r)]),
        ["keys"] = new JsonArray((JsonNode)Key(name).PublicKey.ToPem()),
    };

    private ApprovalFile Sign(string person, string role) => Sign(Statement(person, role), person);

    private ApprovalFile Sign(ApprovalStatement statement, string signer) =>
        new($"{statement.Role}.json", DsseEnvelope.Sign(ApprovalStatement.PayloadType, statement.ToUtf8(), Key(signer)).ToJson());

    private EcdsaSigningKey Key(string name)
    {
        if (!_keys.TryGetValue(name, out var key))
        {
            _keys.Add(name, key = EcdsaSigningKey.Create());
        }

        return key;
    }
}
