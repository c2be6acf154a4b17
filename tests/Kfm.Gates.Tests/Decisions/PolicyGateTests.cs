using System.Text;
using Kfm.Gates.Decisions;
using Kfm.Gates.Policies;
using Kfm.Gates.Rego;
using Kfm.Provenance.Evidence;

namespace Kfm.Gates.Tests.Decisions;

public class PolicyGateTests
{
    private static readonly PolicyGate Gate = new(RegoEngine.Compile(ShippedPolicies.Modules).Prepare(ShippedPolicies.Query));

    private static Decision Decide(IEnumerable<Fact> facts) => Gate.Decide(Proposals.Context(facts));

    public static TheoryData<string, Verdict, string> Table => new()
    {
        { "good", Verdict.Allow, "tests_ok" },
        { "label risk.tier medium", Verdict.Review, "review: approval of lead" },
        { "label risk.tier high", Verdict.Review, "review: approval of security" },
        { "label risk.tier critical", Verdict.Review, "review: approval of council" },
        { "label risk.intent high", Verdict.Review, "review: approval of manager" },
        { "label patch.protected kfm.json", Verdict.Review, "review: approval of legal" },
        { "label stewardship sensitivity", Verdict.Review, "review: stewardship of sensitivity" },
        { "label sbom.licence AGPL-3.0-only", Verdict.Deny, "deny: security: licence AGPL-3.0-only denied" },
        { "label sbom.licence NOASSERTION", Verdict.Review, "review: stewardship of rights" },
        { "label ethics.sensitivity restricted", Verdict.Deny, "deny: ethics: ethics.sensitivity restricted" },
        { "label ethics.sovereignty indigenous", Verdict.Review, "review: stewardship of sovereignty" },
        { "failed tests", Verdict.Deny, "deny: contract: tests failed: one of three" },
        { "failed secrets.patch", Verdict.Deny, "deny: security: secrets.patch failed: one of three" },
        { "failed data:data/parcels.csv", Verdict.Deny, "deny: data_quality: data:data/parcels.csv failed: one of three" },
        { "error build.reproducible", Verdict.Deny, "deny: ops: build.reproducible error: one of three" },
        { "skipped lint", Verdict.Allow, "lint_not_configured" },
        { "skipped tests", Verdict.Allow, "tests_not_configured" },
        { "skipped secrets.patch", Verdict.Deny, "deny: security: secrets.patch skipped: one of three" },
        { "without patch.tree", Verdict.Deny, "deny: lineage: patch.tree missing" },
        { "without ethics.labels", Verdict.Deny, "deny: ethics: ethics.labels missing" },
    };

    private static List<Fact> Facts(string change) => change.Split(' ') switch
    {
        ["label", var name, var value] => Proposals.WithLabel(name, value),
        ["without", var name] => Proposals.Without(name),
        [var status, var name] => Proposals.WithStatus(name, Enum.Parse<CheckStatus>(status, ignoreCase: true), "one of three"),
        _ => Proposals.Good(),
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Proposal_gets_its_verdict_and_reason(string change, Verdict verdict, string reason)
    {
        var decision = Decide(Facts(change));
        Assert.Equal(verdict, decision.Verdict);
        Assert.Contains(reason, decision.Reasons);
        Assert.Equal(verdict == Verdict.Deny, decision.Gates.Values.Contains(false));
    }

    [Fact]
    public void Decision_names_input_root_policies_and_time()
    {
        var context = Proposals.Context(Proposals.Good());
        var decision = Gate.Decide(context);
        Assert.Equal(Kfm.Provenance.Digests.Digest.Of(context), decision.Input);
        Assert.Equal(GateContext.Parse(context).EvidenceRoot, decision.EvidenceRoot);
        Assert.Equal(PolicySet.Digest(ShippedPolicies.Modules), decision.PolicySet);
        Assert.Equal(Proposals.Start.AddMinutes(1), decision.Time);
    }

    [Fact]
    public void Decision_reads_back_byte_for_byte()
    {
        foreach (var change in new[] { "good", "label risk.tier high", "failed tests" })
        {
            var bytes = Decide(Facts(change)).ToJson();
            Assert.Equal(bytes, Decision.Parse(bytes).ToJson());
        }
    }

    [Theory]
    [InlineData("decision := 1 if false", "gate_error: data.kfm.decision is undefined")]
    [InlineData("decision := true", "gate_error: data.kfm.decision is malformed")]
    [InlineData("decision := {\"verdict\": \"allow\"}", "gate_error: data.kfm.decision is malformed")]
    [InlineData("decision := x if { some x in [1, 2] }", "gate_error: ")]
    [InlineData("decision := count(numbers.range(1, 100000000))", "gate_error: ")]
    public void Gate_that_cannot_answer_denies(string rule, string reason)
    {
        var query = RegoEngine.Compile([new RegoModule("p.rego", "package kfm\nimport rego.v1\n" + rule)]).Prepare(ShippedPolicies.Query);
        var decision = new PolicyGate(query, new EvaluateLimits { Steps = 10_000, Size = 10_000 }).Decide(Proposals.Context(Proposals.Good()));
        Assert.Equal(Verdict.Deny, decision.Verdict);
        Assert.StartsWith(reason, decision.Reasons[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verdict", "\"maybe\"")]
    [InlineData("verdict", "1")]
    [InlineData("verdict", "null")]
    [InlineData("allow", "\"true\"")]
    [InlineData("allow", "null")]
    [InlineData("gates", "[]")]
    [InlineData("gates", "{}")]
    [InlineData("gates", "null")]
    [InlineData("reasons", "\"tests_ok\"")]
    [InlineData("reasons", "[1]")]
    [InlineData("reasons", "[null]")]
    [InlineData("reasons", "[\"\"]")]
    [InlineData("required_approvals", "null")]
    [InlineData("required_approvals", "{}")]
    [InlineData("stewardship", "true")]
    [InlineData("stewardship", "[[]]")]
    [InlineData("extra", "1")]
    public void Answer_with_a_member_of_a_wrong_kind_denies(string member, string value)
    {
        var rule = $"package kfm\ndecision := object.union(object.remove(good, [\"{member}\"]), {{\"{member}\": {value}}})\n" + GoodAnswer;
        AssertMalformed(DecideBy(rule));
    }

    [Theory]
    [InlineData("verdict")]
    [InlineData("allow")]
    [InlineData("gates")]
    [InlineData("reasons")]
    [InlineData("required_approvals")]
    [InlineData("stewardship")]
    public void Answer_without_a_member_denies(string member) =>
        AssertMalformed(DecideBy($"package kfm\ndecision := object.remove(good, [\"{member}\"])\n" + GoodAnswer));

    [Theory]
    [InlineData("autonomy")]
    [InlineData("security")]
    public void Answer_without_a_gate_denies(string gate) => AssertMalformed(
        DecideBy($"package kfm\ndecision := object.union(object.remove(good, [\"gates\"]), {{\"gates\": object.remove(good.gates, [\"{gate}\"])}})\n" + GoodAnswer));

    [Fact]
    public void Gate_of_a_strange_name_denies() =>
        AssertMalformed(DecideBy("package kfm\ndecision := object.union(good, {\"gates\": {\"Sure!\": \"pass\"}})\n" + GoodAnswer));

    private static string GoodAnswer
    {
        get
        {
            var gates = string.Join(',', Decision.GateNames.Select(name => $"\"{name}\": \"pass\""));
            return $"good := {{\"verdict\": \"allow\", \"allow\": true, \"gates\": {{{gates}}}, \"reasons\": [\"x\"], \"required_approvals\": [], \"stewardship\": []}}";
        }
    }

    private static Decision DecideBy(string module, EvaluateLimits? limits = null, CancellationToken cancellationToken = default)
    {
        var query = RegoEngine.Compile([new RegoModule("p.rego", module)]).Prepare(ShippedPolicies.Query);
        return new PolicyGate(query, limits).Decide(Proposals.Context(Proposals.Good()), cancellationToken);
    }

    private static void AssertMalformed(Decision decision)
    {
        Assert.Equal(Verdict.Deny, decision.Verdict);
        Assert.Matches("^gate_error: (data\\.kfm\\.decision is malformed|the policies contradict themselves): ", Assert.Single(decision.Reasons));
        Assert.Equal(Decision.GateNames, decision.Gates.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(decision.ToJson(), Decision.Parse(decision.ToJson()).ToJson());
    }

    [Theory]
    [InlineData("decision := good", true, "eval_cancel_error")]
    [InlineData("decision := good if { some i in numbers.range(1, 100000); i < 0 }", true, "eval_cancel_error")]
    [InlineData("decision := good if count([i | some i in numbers.range(1, 9000)]) > 0", false, "eval_limit_error")]
    [InlineData("decision := good if count(numbers.range(1, 200000)) > 0", false, "eval_limit_error")]
    [InlineData("decision := x if { some x in [good, 2] }", false, "eval_conflict_error")]
    public void Evaluation_that_ends_early_denies_by_its_name(string rule, bool cancelled, string code)
    {
        var limits = new EvaluateLimits { Steps = 5_000, Size = 100_000 };
        var decision = DecideBy($"package kfm\n{rule}\n{GoodAnswer}", limits, new CancellationToken(cancelled));
        Assert.Equal(Verdict.Deny, decision.Verdict);
        Assert.Contains(code, Assert.Single(decision.Reasons), StringComparison.Ordinal);
        Assert.StartsWith("gate_error: ", decision.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Same_context_gives_the_same_bytes_a_thousand_times_on_four_threads()
    {
        byte[][] contexts = [.. new[] { "good", "label risk.tier high", "label sbom.licence NOASSERTION", "failed tests" }.Select(change => Proposals.Context(Facts(change)))];
        byte[][] expected = [.. contexts.Select(context => Gate.Decide(context).ToJson())];
        Parallel.For(0, 1_000, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
            Assert.Equal(expected[i % contexts.Length], Gate.Decide(contexts[i % contexts.Length]).ToJson()));
    }

    [Theory]
    [InlineData("allow", "fail", "[\"x\"]", "[]", false)]
    [InlineData("allow", "pass", "[\"x\"]", "[\"lead\"]", false)]
    [InlineData("review", "pass", "[\"x\"]", "[]", false)]
    [InlineData("allow", "pass", "[]", "[]", false)]
    [InlineData("allow", "fine", "[\"x\"]", "[]", false)]
    [InlineData("allow", "pass", "[\"x\"]", "[]", true)]
    public void Answer_that_contradicts_itself_denies(string verdict, string gate, string reasons, string approvals, bool accepted)
    {
        var gates = string.Join(',', Decision.GateNames.Select(name => $"\"{name}\": \"{gate}\""));
        var allow = verdict == "allow" ? "true" : "false";
        var rule = $$"""
            package kfm
            decision := {"verdict": "{{verdict}}", "allow": {{allow}}, "gates": { {{gates}} }, "reasons": {{reasons}}, "required_approvals": {{approvals}}, "stewardship": []}
            """;
        var query = RegoEngine.Compile([new RegoModule("p.rego", rule)]).Prepare(ShippedPolicies.Query);
        Assert.Equal(accepted, new PolicyGate(query).Decide(Proposals.Context(Proposals.Good())).Allow);
    }

    [Fact]
    public void Policies_that_do_not_compile_deny()
    {
        var policySet = Proposals.Content("broken");
        var decision = PolicyGate.Refuse(Proposals.Context(Proposals.Good()), policySet, "p.rego:1: rego_parse_error\nat end");
        Assert.Equal((Verdict.Deny, policySet, "gate_error: p.rego:1: rego_parse_error at end"), (decision.Verdict, decision.PolicySet, Assert.Single(decision.Reasons)));
    }

    [Fact]
    public void Later_finding_turns_the_decision_to_deny()
    {
        var denied = Decide(Proposals.WithLabel("risk.tier", "medium")).Denied("C3 pr/comment.json: differs");
        Assert.Equal(Verdict.Deny, denied.Verdict);
        Assert.Contains("C3 pr/comment.json: differs", denied.Reasons);
        Assert.Empty(denied.RequiredApprovals);
        Assert.Equal(denied.ToJson(), Decision.Parse(denied.ToJson()).ToJson());
    }

    [Theory]
    [InlineData("\"allow\":true", "\"allow\":false")]
    [InlineData("\"verdict\":\"allow\"", "\"verdict\":\"review\"")]
    [InlineData("\"lineage\":\"pass\"", "\"lineage\":\"fail\"")]
    [InlineData("\"formatVersion\":1", "\"formatVersion\":2")]
    [InlineData("[\"build_ok\",\"contracts_ok\"", "[\"contracts_ok\",\"build_ok\"")]
    public void Forged_decision_is_refused(string from, string to)
    {
        var text = Encoding.UTF8.GetString(Decide(Proposals.Good()).ToJson());
        Assert.Contains(from, text, StringComparison.Ordinal);
        Assert.Throws<DecisionFormatException>(() => Decision.Parse(Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal))));
    }
}
