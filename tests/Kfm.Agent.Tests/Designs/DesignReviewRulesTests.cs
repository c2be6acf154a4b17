using System.Text;
using System.Text.Json.Nodes;
using Kfm.Agent.Autonomy;
using Kfm.Agent.Designs;
using Kfm.Agent.Intents;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Signing;

namespace Kfm.Agent.Tests.Designs;

public sealed class DesignReviewRulesTests : IDisposable
{
    private static readonly string[] Roles = ["lead", "manager", "security", "council", "legal"];
    private static readonly Digest Design = Digest.Of("design"u8);
    private readonly Dictionary<string, EcdsaSigningKey> _keys = new(StringComparer.Ordinal);

    [Theory]
    [InlineData(RiskTier.High, "manager", "")]
    [InlineData(RiskTier.High, "security", "")]
    [InlineData(RiskTier.High, "lead", "manager or security")]
    [InlineData(RiskTier.High, "council", "manager or security")]
    [InlineData(RiskTier.Critical, "council", "legal")]
    [InlineData(RiskTier.Critical, "legal council", "")]
    [InlineData(RiskTier.Critical, "manager security", "council legal")]
    [InlineData(RiskTier.Medium, "", "")]
    [InlineData(RiskTier.Critical, "", "council legal")]
    public void Tier_says_whose_reviews_are_needed(RiskTier tier, string roles, string missing)
    {
        var count = Count(tier, [.. roles.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(role => File("person:" + role, role))]);

        Assert.Equal(missing, string.Join(' ', count.Missing));
        Assert.Equal(missing.Length == 0, count.IsReviewed);
    }

    [Fact]
    public void One_person_with_both_roles_counts_once()
    {
        var count = Count(RiskTier.Critical, File("person:both", "council"), File("person:both", "legal", minute: 1));

        Assert.Equal(["legal"], count.Missing);
        Assert.Contains("has reviewed in another role", Assert.Single(count.Refused).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("another design", "it is about another design")]
    [InlineData("author", "wrote the intent")]
    [InlineData("author's key", "no key that the people file gives person:manager has signed it")]
    [InlineData("stranger", "person:stranger is not in the people file")]
    [InlineData("other role", "person:lead does not have the role manager")]
    [InlineData("pipeline", "the key belongs to")]
    [InlineData("garbage", "")]
    [InlineData("two signatures", "canonical form with one signature")]
    [InlineData("space", "canonical form with one signature")]
    public void Review_that_does_not_count_is_refused_with_its_reason(string attack, string reason)
    {
        var good = File("person:manager", "manager");
        var file = attack switch
        {
            "another design" => File("person:manager", "manager", design: Digest.Of("other"u8)),
            "author" => File("person:author", "manager"),
            "author's key" => File("person:manager", "manager", key: "person:author"),
            "stranger" => File("person:stranger", "manager"),
            "other role" => File("person:lead", "manager"),
            "pipeline" => File("person:pipeline", "manager"),
            "garbage" => new ApprovalFile("x", Encoding.UTF8.GetBytes("{}")),
            "two signatures" => new ApprovalFile("x", Twice(good.Envelope)),
            _ => new ApprovalFile("x", (byte[])[(byte)' ', .. good.Envelope.Span]),
        };
        var count = Count(RiskTier.High, file);

        Assert.Equal(["manager or security"], count.Missing);
        Assert.Contains(reason, Assert.Single(count.Refused).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Approval_of_a_decision_is_no_review_of_a_design()
    {
        var approval = new ApprovalStatement(Design, new string('a', 40), "manager", "person:manager", DateTimeOffset.UnixEpoch);
        var count = Count(RiskTier.High, new ApprovalFile("x", DsseEnvelope.Sign(ApprovalStatement.PayloadType, approval.ToUtf8(), Key("person:manager")).ToJson()));

        Assert.False(count.IsReviewed);
    }

    [Fact]
    public void Statement_reads_back_and_every_other_form_is_refused()
    {
        var statement = new DesignReviewStatement(Design, "legal", "person:legal", new DateTimeOffset(2026, 1, 5, 9, 0, 0, 7, TimeSpan.Zero));
        var text = Encoding.UTF8.GetString(statement.ToUtf8());

        Assert.Equal(statement, DesignReviewStatement.Parse(statement.ToUtf8()));
        foreach (var damaged in new[] { text + "\n", text.Replace("legal\"", "owner\"", StringComparison.Ordinal), text.Replace("\"formatVersion\":1", "\"formatVersion\":2", StringComparison.Ordinal), "{}", "[]", "" })
        {
            Assert.Throws<DesignReviewFormatException>(() => DesignReviewStatement.Parse(Encoding.UTF8.GetBytes(damaged)));
        }
    }

    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }

    private DesignReviewCount Count(RiskTier tier, params ApprovalFile[] files) => DesignReviewRules.Count(
        new DesignReviewContext(Design, tier, People())
        {
            ExcludedIds = new HashSet<string>(StringComparer.Ordinal) { "person:author" },
            ExcludedKeys = new HashSet<string>(StringComparer.Ordinal) { Key("person:pipeline").KeyId },
        },
        files);

    private ApprovalFile File(string person, string role, Digest? design = null, string? key = null, int minute = 0)
    {
        var statement = new DesignReviewStatement(design ?? Design, role, person, new DateTimeOffset(2026, 1, 5, 9, minute, 0, TimeSpan.Zero));
        return new ApprovalFile($"{role}-{person}", DsseEnvelope.Sign(DesignReviewStatement.PayloadType, statement.ToUtf8(), Key(key ?? person)).ToJson());
    }

    private PeopleFile People()
    {
        var people = Roles.Select(role => Person("person:" + role, role))
            .Concat([Person("person:both", "council", "legal"), Person("person:author", "manager"), Person("person:pipeline", "manager")]);
        return PeopleFile.Parse(Encoding.UTF8.GetBytes(new JsonObject { ["formatVersion"] = 1, ["people"] = new JsonArray([.. people]) }.ToJsonString()));
    }

    private JsonNode Person(string id, params string[] roles) => new JsonObject
    {
        ["id"] = id,
        ["roles"] = new JsonArray([.. roles.Select(r => (JsonNode?)r)]),
        ["keys"] = new JsonArray(Key(id).PublicKey.ToPem()),
    };

    private EcdsaSigningKey Key(string id) => _keys.TryGetValue(id, out var key) ? key : _keys[id] = EcdsaSigningKey.Create();

    private static byte[] Twice(ReadOnlyMemory<byte> envelope)
    {
        var root = JsonNode.Parse(envelope.Span)!;
        var signatures = root["signatures"]!.AsArray();
        signatures.Add(signatures[0]!.DeepClone());
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }
}
