using System.Text;
using System.Text.Json.Nodes;
using Kfm.Agent.Autonomy;
using Kfm.Gates.Overrides;
using Kfm.Gates.Policies;
using Kfm.Gates.Rego;
using Kfm.Gates.Tests.Decisions;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;
using Kfm.Provenance.Signing;

namespace Kfm.Agent.Tests.Autonomy;

/// <summary>Ways to get past a gate with an override. Each is tried beside the sound override of the second person, and none lifts the denial.</summary>
public sealed class OverrideAbuseTests
{
    private const string Secret = "ghp_0123456789ABCDEFGH";

    private delegate OverrideFile Attack(OverrideFixture at);

    private static readonly Dictionary<string, (Attack Attack, string Reason)> Abuses = new(StringComparer.Ordinal)
    {
        // Time.
        ["expired"] = (a => After(a, TimeSpan.FromDays(1)), "it ended at"),
        ["at the moment of its end"] = (a => After(a, TimeSpan.FromMinutes(-30).Add(TimeSpan.FromDays(1))), "it ended at"),
        ["not yet begun"] = (a => a.File(Good(a) with { From = a.Now.AddMinutes(1), Until = a.Now.AddDays(1) }), "it holds from"),
        ["clock set back before the decision"] = (a => After(a, TimeSpan.FromDays(-2)), "it holds from"),
        ["dated before the decision"] = (a => a.File(Good(a) with { From = Proposals.Start.AddDays(-1), Until = a.Now.AddHours(2) }), "before the decision"),
        ["longer than the tier permits"] = (a => a.File(Good(a) with { Until = Good(a).From.AddDays(7).AddMilliseconds(1) }), "longer than 7 days"),
        ["without end"] = (a => a.File(Good(a) with { Until = new DateTimeOffset(9999, 12, 31, 0, 0, 0, TimeSpan.Zero) }), "longer than 7 days"),
        ["ends before it begins"] = (a => a.File(Good(a) with { Until = Good(a).From.AddDays(-1) }), "ends before it begins"),
        ["ends when it begins"] = (a => a.File(Good(a) with { Until = Good(a).From }), "ends before it begins"),

        // Another thing than the one that was judged.
        ["of another decision"] = (a => a.File(Good(a) with { Decision = Digest.Of("x"u8) }), "another decision"),
        ["of another head"] = (a => a.File(Good(a) with { Head = new string('d', 40) }), "another head"),
        ["copied from another repository"] = (a => a.File(Good(a) with { Repository = "https://example.org/other" }), "another repository"),
        ["of a gate that passed"] = (a => a.File(Good(a) with { Gate = "contract", Lifts = ["deny: contract: lint failed"] }), "contract passed"),
        ["of a gate that nobody knows"] = (a => a.File(Good(a) with { Gate = "merge", Lifts = ["deny: merge: x"] }), "no gate merge"),
        ["of one gate with a reason of another"] = (a => a.File(Good(a) with { Gate = "security" }), "another gate"),
        ["with a reason that the decision does not have"] = (a => a.File(Good(a) with { Lifts = ["deny: ops: build.reproducible failed"] }), "no reason of the decision"),

        // Scope without bounds.
        ["of everything"] = (a => Edited(a, p => p["lifts"] = new JsonArray("*")), "/predicate/lifts"),
        ["of every reason of the gate"] = (a => a.File(Good(a) with { Lifts = ["deny: ops: *"] }), "no reason of the decision"),
        ["of every gate"] = (a => Edited(a, p => p["gate"] = "*"), "/predicate/gate"),
        ["of nothing"] = (a => Edited(a, p => p["lifts"] = new JsonArray()), "/predicate/lifts"),
        ["with a reason twice"] = (a => Edited(a, p => p["lifts"] = new JsonArray(OverrideFixture.Differs, OverrideFixture.Differs)), "/predicate/lifts"),

        // The wrong person.
        ["by the author"] = (a => a.File(Good(a) with { Person = "person:author" }), "wrote the intent"),
        ["by the agent"] = (a => Edited(a, p => p["person"] = "ai:replay", "pipeline"), "/predicate/person"),
        ["by the key that sealed the bundle"] = (a => a.File(Good(a) with { Person = "person:sealer" }), "belongs to"),
        ["in the name of somebody else"] = (a => a.File(Good(a), "person:security"), "no key"),
        ["with a key that nobody knows"] = (a => a.File(Good(a), "stranger"), "no key"),
        ["by a person whom nobody knows"] = (a => a.File(Good(a) with { Person = "person:stranger" }), "not in the people file"),
        ["by a person who was removed"] = (a => Without(a, "person:manager"), "not in the people file"),
        ["in a role that is not the person's"] = (a => a.File(Good(a) with { Person = "person:lead" }), "does not have the role"),
        ["in a role that overrides nothing at this tier"] = (a => a.File(a.Statement("person:lead", "lead")), "the role lead overrides nothing"),
        ["by a person without a role"] = (a => a.File(Good(a) with { Person = "person:nobody" }), "does not have the role"),
        ["in a role that does not exist"] = (a => Edited(a, p => p["role"] = "owner"), "/predicate/role"),

        // The wrong form.
        ["with a changed payload"] = (Tampered, "no key"),
        ["with a second signature"] = (a => Signed(a, a.Key("person:manager"), a.Key("x")), "more than one signature"),
        ["with an envelope that is not canonical"] = (a => a.File(Good(a)) with { Envelope = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(a.File(Good(a)).Envelope.Span) + "\n") }, "not in canonical form"),
        ["with a payload that is not canonical"] = (a => a.File([.. Good(a).ToUtf8(), (byte)'\n'], "person:manager", "x"), "one form"),
        ["with a payload of other members"] = (a => Edited(a, p => p["everything"] = true), "/predicate"),
        ["with another type of predicate"] = (a => Edited(a, p => p.Parent!["predicateType"] = "https://kfm.dev/predicates/approval/v1"), "/predicateType"),
        ["with another type of payload"] = (a => a.File(Good(a).ToUtf8(), "person:manager", "x", "application/json"), "no key"),
        ["with two subjects"] = (a => Edited(a, p => p.Parent!["subject"]!.AsArray().Add(p.Parent["subject"]![0]!.DeepClone())), "/subject"),
        ["with the hint of another key"] = (a => Hinted(a), "another key id"),
        ["that is an approval"] = (a => a.File(new ApprovalStatement(a.Decision.Digest, Proposals.Trace.HeadCommit, "manager", "person:manager", a.Now).ToUtf8(), "person:manager", "x"), "override: "),
        ["that is no envelope"] = (_ => new OverrideFile("x", "{}"u8.ToArray()), ""),

        // Words that explain nothing, or too much.
        ["without a justification"] = (a => Edited(a, p => p["reason"] = ""), "/predicate/reason"),
        ["with a justification of one word"] = (a => Edited(a, p => p["reason"] = new string('x', 40)), "justification"),
        ["with a justification of dots"] = (a => Edited(a, p => p["reason"] = ". . . . . . . . . . . . . . ."), "justification"),
        ["with a justification of two lines"] = (a => Edited(a, p => p["reason"] = "The vendor knows\nand will mend it soon."), "justification"),
        ["with a justification without end"] = (a => Edited(a, p => p["reason"] = string.Concat(Enumerable.Repeat("word ", 300))), "/predicate/reason"),
        ["with a secret in the justification"] = (a => a.File(Good(a) with { Reason = $"The token {Secret}{Secret[4..]} is needed for the build." }), "holds a secret"),
    };

    public static TheoryData<string> Names => [.. Abuses.Keys];

    [Fact]
    public void Overrides_of_both_people_lift_the_denial()
    {
        using var at = new OverrideFixture();
        var count = at.Count(at.File(Good(at)), at.Second);

        Assert.Empty(count.Refused);
        Assert.Empty(count.Standing);
        Assert.True(count.IsLifted);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Override_is_refused(string abuse)
    {
        var (attack, reason) = Abuses[abuse];
        using var at = new OverrideFixture();
        var file = attack(at) with { Name = "attack" };
        var count = at.Count(file, at.Second);

        Assert.Contains(reason, Assert.Single(count.Refused, r => r.Name == "attack").Reason);
        Assert.Equal([OverrideFixture.Differs], count.Standing);
        Assert.False(count.IsLifted);
    }

    [Fact]
    public void Table_has_thirty_abuses_and_more() => Assert.True(Abuses.Count >= 30, $"{Abuses.Count}");

    [Fact]
    public void One_person_at_a_high_tier_is_not_enough()
    {
        using var at = new OverrideFixture();

        Assert.False(at.Count(at.File(Good(at))).IsLifted);
        Assert.False(at.Count().IsLifted);
        Assert.False(at.Count(at.File(Good(at), name: "one"), at.File(Good(at) with { Until = Good(at).Until.AddHours(1) }, name: "two")).IsLifted);
    }

    [Fact]
    public void One_person_in_two_roles_is_one_person()
    {
        using var at = new OverrideFixture();
        var count = at.Count(at.File(at.Statement("person:both", "manager")), at.File(at.Statement("person:both", "security")));

        Assert.Contains("one person counts for one role", Assert.Single(count.Refused).Reason);
        Assert.False(count.IsLifted);
    }

    [Fact]
    public void One_key_cannot_be_that_of_two_people()
    {
        using var at = new OverrideFixture();
        var text = $$"""{"formatVersion":1,"people":[{"id":"person:a","roles":["manager"],"keys":[{{Pem(at)}}]},{"id":"person:b","roles":["security"],"keys":[{{Pem(at)}}]}]}""";

        Assert.Contains("stands twice", Assert.Throws<PeopleFormatException>(() => PeopleFile.Parse(Encoding.UTF8.GetBytes(text))).Message);
    }

    [Fact]
    public void Override_is_no_approval()
    {
        using var at = new OverrideFixture();
        var context = new ApprovalContext(at.Decision.Digest, Proposals.Trace.HeadCommit, ["manager"], at.People);
        var count = ApprovalRules.Count(context, [new ApprovalFile("x", at.File(Good(at)).Envelope)]);

        Assert.Empty(count.Granted);
        Assert.Equal(["manager"], count.Missing);
    }

    [Theory]
    [InlineData("secrets.patch", CheckStatus.Failed, "no override lifts a secret")]
    [InlineData("secrets.intent", CheckStatus.Failed, "no override lifts a secret")]
    [InlineData("ethics.labels", CheckStatus.Failed, "sovereignty")]
    [InlineData("patch.tree", CheckStatus.Failed, "evidence that cannot be verified")]
    [InlineData("agent.recorded", CheckStatus.Failed, "evidence that cannot be verified")]
    [InlineData("build.reproducible", CheckStatus.Error, "gave no result")]
    [InlineData("lint", CheckStatus.Error, "gave no result")]
    [InlineData("secrets.patch", CheckStatus.Skipped, "no override lifts a secret")]
    [InlineData("build.succeeded", CheckStatus.Failed, "policies do not permit")]
    public void Reason_that_nobody_may_lift_stands(string check, CheckStatus status, string why)
    {
        using var at = new OverrideFixture("medium", (check, status));
        Stands(at, why);
    }

    [Theory]
    [InlineData("ethics.sovereignty", "conflict", "sovereignty")]
    [InlineData("ethics.sensitivity", "secret", "policies do not permit")]
    public void Label_that_nobody_may_lift_stands(string label, string value, string why)
    {
        using var at = new OverrideFixture("medium");
        at.Facts.Add(new Labelled(new RunKey(Stage.Qa), label, value));
        Stands(at, why);
    }

    [Fact]
    public void Check_that_is_missing_cannot_be_lifted()
    {
        using var at = new OverrideFixture("medium");
        at.Facts.RemoveAll(fact => fact is Tested { Name: "build.reproducible" });
        Stands(at, "gave no result");
    }

    [Fact]
    public void Stage_that_did_not_run_cannot_be_lifted()
    {
        using var at = new OverrideFixture("medium", ("tests", CheckStatus.Failed));
        at.Facts.RemoveAll(fact => fact is Used or Measured { Run.Stage: Stage.Build } or Labelled { Run.Stage: Stage.Build } or Tested { Run.Stage: Stage.Build });
        at.Facts[at.Facts.FindIndex(f => f is Run { Key.Stage: Stage.Build })] = new Run(new RunKey(Stage.Build), Proposals.Start, Proposals.Start, RunOutcome.Skipped);

        Assert.Contains(at.Terms.Denials, d => at.Terms.Stands(d.Text)?.Contains("did not run", StringComparison.Ordinal) == true);
        Assert.Contains(at.Terms.Denials, d => d.Gate == "lineage" && at.Terms.Stands(d.Text)!.Contains("evidence", StringComparison.Ordinal));
    }

    [Fact]
    public void Unknown_tier_lifts_nothing()
    {
        using var at = new OverrideFixture("medium", ("lint", CheckStatus.Failed));
        at.Facts.RemoveAll(fact => fact is Labelled { Name: "risk.tier" });

        Assert.All(at.Terms.Denials, d => Assert.Contains("the policies permit no override", at.Terms.Stands(d.Text)));
    }

    [Fact]
    public void One_reason_that_stands_keeps_the_denial()
    {
        using var at = new OverrideFixture("medium", ("build.reproducible", CheckStatus.Failed), ("secrets.patch", CheckStatus.Failed));
        var count = at.Count(at.File(at.Statement("person:lead", "lead")));

        Assert.Empty(count.Refused);
        Assert.Contains("secrets.patch", Assert.Single(count.Standing));
        Assert.False(count.IsLifted);
    }

    [Fact]
    public void Allowed_proposal_has_nothing_to_override()
    {
        using var at = new OverrideFixture("low");
        Assert.Contains("did not deny", at.Terms.Refusal);
        Assert.Contains("ops passed", Assert.Single(at.Count(at.File(at.Statement("person:lead", "lead"))).Refused).Reason);
    }

    [Fact]
    public void Denial_after_the_policies_stands()
    {
        using var at = new OverrideFixture("medium", ("lint", CheckStatus.Failed));
        var decision = at.Decision.Denied("consistency: C6 prov/run.jsonld: another verdict");
        var terms = OverrideTerms.Of(decision, at.Input, at.Modules);

        Assert.Contains("not the reason of a gate", terms.Stands(decision.Reasons.First(r => r.StartsWith("consistency", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("terms := {}", "another form")]
    [InlineData("terms := {\"tier\": \"high\", \"roles\": [\"lead\"], \"days\": 1, \"lifts\": []}", "two are needed")]
    [InlineData("terms := {\"tier\": \"high\", \"roles\": [\"lead\", \"lead\"], \"days\": 1, \"lifts\": []}", "another form")]
    [InlineData("terms := {\"tier\": \"low\", \"roles\": [\"lead\"], \"days\": 1, \"lifts\": []}", "another tier")]
    [InlineData("terms := {\"tier\": \"high\", \"roles\": [\"lead\", \"legal\"], \"days\": 0, \"lifts\": []}", "another form")]
    [InlineData("terms := 1 / 0", "permit no override")]
    [InlineData("term := 1", "permit no override")]
    [InlineData("terms := nonsense(", "do not say")]
    public void Policies_that_give_too_much_give_nothing(string rule, string why)
    {
        using var at = new OverrideFixture();
        var decision = at.Decision;
        RegoModule[] modules = [.. at.Modules.Where(m => m.Path != "overrides.rego"), new RegoModule("overrides.rego", "package kfm.overrides\n\nimport rego.v1\n\n" + rule + "\n")];
        if (!rule.EndsWith('('))
        {
            at.Modules = modules;
            decision = at.Decision;
        }

        // The decision of other policies is refused before they are asked; those that do not compile made none.
        var terms = OverrideTerms.Of(decision, at.Input, modules);
        Assert.Contains(rule.EndsWith('(') ? "other policies" : why, terms.Refusal);
    }

    [Fact]
    public void Policies_cannot_permit_what_nobody_may_lift_or_for_ever()
    {
        const string Rule = """
            package kfm.overrides

            import rego.v1

            terms := {"tier": "medium", "roles": ["lead"], "days": 4000, "lifts": [r | some r in data.kfm.reasons]}
            """;
        using var at = new OverrideFixture("medium", ("secrets.patch", CheckStatus.Failed), ("lint", CheckStatus.Failed));
        at.Modules = [.. at.Modules.Where(m => m.Path != "overrides.rego"), new RegoModule("overrides.rego", Rule)];

        Assert.Equal(OverrideTerms.MaxDays, at.Terms.Days);
        Assert.Null(at.Terms.Stands("deny: contract: lint failed: two files differ"));
        Assert.Contains("secret", at.Terms.Stands("deny: security: secrets.patch failed: two files differ"));
    }

    [Fact]
    public void Every_changed_byte_of_an_override_is_refused()
    {
        using var at = new OverrideFixture();
        var (context, good) = (at.Context, at.File(Good(at)));
        for (var i = 0; i < good.Envelope.Length; i++)
        {
            var bytes = good.Envelope.ToArray();
            bytes[i] ^= 1;
            Assert.True(OverrideRules.Count(context, [good with { Envelope = bytes }]) is { Granted.Count: 0, Refused.Count: 1 }, $"byte {i}");
        }
    }

    [Fact]
    public void Longer_override_renews_an_earlier_one_and_a_shorter_one_adds_nothing()
    {
        using var at = new OverrideFixture();
        var longer = Good(at) with { From = Good(at).From.AddMinutes(1), Until = Good(at).Until.AddDays(1) };
        var shorter = Good(at) with { From = Good(at).From.AddMinutes(2), Until = Good(at).Until.AddHours(-1) };
        var count = at.Count(at.File(Good(at), name: "first"), at.File(longer, name: "longer"), at.File(shorter, name: "shorter"), at.Second);

        Assert.True(count.IsLifted);
        Assert.Equal(("shorter", true), (Assert.Single(count.Refused).Name, count.Refused[0].IsByTime));
    }

    [Theory]
    [InlineData("build.reproducible")]
    [InlineData("build.reproducible failed: two files differ")]
    [InlineData(OverrideFixture.Differs)]
    public void Scope_names_a_check_or_a_reason(string word)
    {
        using var at = new OverrideFixture();
        Assert.Equal([OverrideFixture.Differs], at.Terms.Resolve("ops", [word]));
    }

    [Fact]
    public void Scope_names_a_path()
    {
        using var at = new OverrideFixture("low", ("data:data/parcels.csv", CheckStatus.Failed));
        Assert.Equal("deny: data_quality: data:data/parcels.csv failed: two files differ", Assert.Single(at.Terms.Resolve("data_quality", ["data/parcels.csv"])));
    }

    [Theory]
    [InlineData("ops", "*")]
    [InlineData("ops", "")]
    [InlineData("ops", "build")]
    [InlineData("ops", "lint")]
    [InlineData("security", "build.reproducible")]
    [InlineData("*", "build.reproducible")]
    public void Scope_that_names_nothing_is_an_error(string gate, string word)
    {
        using var at = new OverrideFixture();
        Assert.Throws<OverrideScopeException>(() => at.Terms.Resolve(gate, [word]));
    }

    private static OverrideStatement Good(OverrideFixture at) => at.Statement();

    private static void Stands(OverrideFixture at, string why)
    {
        var reasons = at.Terms.Denials;
        Assert.NotEmpty(reasons);
        Assert.All(reasons, r => Assert.Contains(why, at.Terms.Stands(r.Text)));
        var count = at.Count([.. reasons.Where(r => r.Gate is not null).Select((r, i) => at.File(at.Statement("person:lead", "lead", r.Text), name: $"{i}"))]);
        Assert.All(count.Refused, r => Assert.Contains(why, r.Reason));
        Assert.Equal(reasons.Count, count.Standing.Count);
        Assert.False(count.IsLifted);
    }

    private static OverrideFile After(OverrideFixture at, TimeSpan time)
    {
        var file = at.File(Good(at));
        at.Now = Proposals.Start.AddHours(1).Add(time);
        return file;
    }

    private static OverrideFile Without(OverrideFixture at, string person)
    {
        var file = at.File(Good(at));
        at.Removed = person;
        return file;
    }

    private static OverrideFile Edited(OverrideFixture at, Action<JsonNode> edit, string key = "person:manager")
    {
        var root = JsonNode.Parse(Good(at).ToUtf8())!;
        edit(root["predicate"]!);
        return at.File(CanonicalJson.Canonicalize(root), key, "x");
    }

    private static OverrideFile Signed(OverrideFixture at, params SigningKey[] keys) =>
        new("x", DsseEnvelope.Sign(OverrideStatement.PayloadType, Good(at).ToUtf8(), keys).ToJson());

    private static OverrideFile Tampered(OverrideFixture at)
    {
        var text = Encoding.UTF8.GetString(at.File(Good(at)).Envelope.Span);
        var longer = Good(at) with { Until = Good(at).Until.AddDays(1) };
        return new OverrideFile("x", Encoding.UTF8.GetBytes(text.Replace(Convert.ToBase64String(Good(at).ToUtf8()), Convert.ToBase64String(longer.ToUtf8()), StringComparison.Ordinal)));
    }

    private static OverrideFile Hinted(OverrideFixture at)
    {
        var text = Encoding.UTF8.GetString(at.File(Good(at)).Envelope.Span);
        return new OverrideFile("x", Encoding.UTF8.GetBytes(text.Replace(at.Key("person:manager").KeyId, new string('0', 64), StringComparison.Ordinal)));
    }

    private static string Pem(OverrideFixture at) => JsonValue.Create(at.Key("person:manager").PublicKey.ToPem()).ToJsonString();
}
