using System.Text;
using Kfm.Gates.Rego;
using Kfm.Provenance.Digests;
using Kfm.Testing;

namespace Kfm.Gates.Tests.Rego;

public sealed class EvaluationTests
{
    private const string Joins = """
        package t

        import rego.v1

        by_user := {u: s |
            some u in users
            s := sum([e.n | some e in input.events; e.user == u])
        }

        users := {e.user | some e in input.events}

        same contains [a, b] if {
            some a in input.events
            some b in input.events
            a.n == b.n
            a.user < b.user
        }

        decision := {"by_user": by_user, "same": same, "words": [sprintf("%v", [u]) | some u in users]}
        """;

    [Theory]
    [InlineData("rbac", "data.app.rbac.allow", "b5bea41b6c623f7c09f1bf24dcae58ebab3c0cdd90ad966bc43a45b44867e12b")]
    [InlineData("sbom", "data.kfm.supplychain.deny", "80a53d3532f1be91a23804e201a68153f00bc6a52c006ddcd0fa11dc848115ce")]
    [InlineData("compr", "data.compr.report", "a81796add1bbe4d4351e6e48b39c28689e171e68dc26b3d0667da0f21d59f384")]
    public void Benchmark_policies_give_the_recorded_results(string name, string query, string digest)
    {
        // The inputs lie beside the repository; where they are not, there is nothing to compare.
        var folder = RepositoryRoot.Combine("..", "shared", "bench", "rego", name);
        if (!Directory.Exists(folder))
        {
            return;
        }

        var data = Path.Combine(folder, "data.json");
        var policy = RegoEngine.Compile([new RegoModule("policy.rego", File.ReadAllText(Path.Combine(folder, "policy.rego")))]);
        var options = new EvaluateOptions { Data = File.Exists(data) ? (RegoObject)RegoValue.Parse(File.ReadAllBytes(data)) : null };
        var result = policy.Prepare(query).Evaluate(RegoValue.Parse(File.ReadAllBytes(Path.Combine(folder, "input.json"))), options);
        Assert.Equal(digest, Digest.Of(result.ToCanonicalJson()!).Hex);
    }

    [Fact]
    public void A_prepared_query_gives_the_same_bytes_on_any_thread_a_thousand_times()
    {
        var query = RegoEngine.Compile([new RegoModule("t.rego", Joins)]).Prepare("data.t.decision");
        var input = Events(200);
        var expected = query.Evaluate(input).ToCanonicalJson()!;
        Parallel.For(0, 1000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            Assert.Equal(expected, query.Evaluate(i % 2 == 0 ? input : Events(200)).ToCanonicalJson()));
    }

    [Fact]
    public void An_evaluation_that_fails_leaves_nothing_for_the_next_one()
    {
        var query = RegoEngine.Compile([new RegoModule("t.rego", Joins)]).Prepare("data.t.decision");
        var expected = query.Evaluate(Events(300)).ToCanonicalJson()!;
        for (var steps = 1; steps < 600; steps += 37)
        {
            var limits = new EvaluateOptions { Limits = new EvaluateLimits { Steps = steps } };
            Assert.Equal("eval_limit_error", Assert.Throws<RegoEvaluationException>(() => query.Evaluate(Events(300), limits)).Code);
            Assert.Equal(expected, query.Evaluate(Events(300)).ToCanonicalJson());
        }
    }

    [Fact]
    public void Joins_take_steps_in_proportion_to_what_they_give()
    {
        var query = RegoEngine.Compile([new RegoModule("t.rego", Joins)]).Prepare("data.t.by_user");
        var options = new EvaluateOptions { Limits = new EvaluateLimits { Steps = 20_000 } };
        Assert.True(query.Evaluate(Events(4000), options).IsDefined);
    }

    [Fact]
    public void A_rule_index_tries_only_the_bodies_that_fit()
    {
        var rules = string.Concat(Enumerable.Range(0, 3000).Select(i => $"p := {i} if input.kind == \"k{i}\"\n"));
        var options = new EvaluateOptions { Limits = new EvaluateLimits { Steps = 100 } };
        Assert.Equal("1234", RegoRun.Eval(rules, input: """{"kind": "k1234"}""", options: options));
        Assert.Null(RegoRun.Eval(rules, input: """{"kind": "none"}""", options: options));
    }

    [Fact]
    public void A_rule_index_keeps_bodies_without_a_test_and_conflicts()
    {
        const string Rules = """
            p := 1 if input.k == 1
            p := 2 if input.k == 2
            p := 3 if input.k in {1, 3}
            p := 4 if input.k == 4
            p := 9 if input.other
            """;
        Assert.Equal("2", RegoRun.Eval(Rules, input: """{"k": 2}"""));
        Assert.Equal("9", RegoRun.Eval(Rules, input: """{"other": true}"""));
        Assert.Equal("eval_conflict_error", Assert.Throws<RegoEvaluationException>(() => RegoRun.Eval(Rules, input: """{"k": 1}""")).Code);
        Assert.Equal("eval_conflict_error", Assert.Throws<RegoEvaluationException>(() => RegoRun.Eval(Rules, input: """{"k": 2, "other": 1}""")).Code);
    }

    [Fact]
    public void Functions_are_found_by_constant_arguments()
    {
        var rules = string.Concat(Enumerable.Range(0, 50).Select(i => $"f({i}) := {i * i}\n")) + "p := [f(x) | some x in [7, 49, 50]]";
        Assert.Equal("[49, 2401]", RegoRun.Eval(rules));
    }

    [Fact]
    public void An_index_of_a_rule_sees_the_input_that_with_gives()
    {
        const string Rules = """
            q := "a" if input.k == 1
            q := "b" if input.k == 2
            q := "c" if input.k == 3
            q := "d" if input.k == 4
            p := [q, r] if r := q with input.k as 3
            """;
        Assert.Equal("[\"a\", \"c\"]", RegoRun.Eval(Rules, input: """{"k": 1}"""));
    }

    private static RegoValue Events(int count) => RegoValue.Parse(Encoding.UTF8.GetBytes(
        "{\"events\": [" + string.Join(", ", Enumerable.Range(0, count).Select(i => $$"""{"user": "u{{i * 7919 % 101}}", "n": {{i % 97}}}""")) + "]}"));
}
