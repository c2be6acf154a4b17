using FsCheck;
using FsCheck.Fluent;
using Kfm.Gates.Rego;

namespace Kfm.Gates.Tests.Rego;

public sealed class PolicyTests
{
    private static readonly string[] Rules =
    [
        "allow if { some r in roles; r == \"admin\" }", "roles contains input.role", "default allow := false",
        "reasons contains \"no role\" if not input.role", "reasons contains \"late\" if input.hour > 18", "f(x) := x * 2", "twice := f(input.hour)",
    ];

    [Fact]
    public void Order_of_rules_does_not_matter()
    {
        var expected = Evaluate(Rules);
        Prop.ForAll(Gen.Shuffle(Rules).ToArbitrary(), rules => Evaluate(rules).Equals(expected)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Digest_depends_on_content_and_not_on_order()
    {
        RegoModule a = new("a.rego", "package a"), b = new("b.rego", "package b");
        Assert.Equal(PolicySet.Digest([a, b]), PolicySet.Digest([b, a]));
        Assert.NotEqual(PolicySet.Digest([a, b]), PolicySet.Digest([a, b with { Path = "c.rego" }]));
    }

    [Fact]
    public void A_query_runs_on_many_threads()
    {
        var query = RegoEngine.Compile([new RegoModule("t.rego", "package t\np contains x * 2 if some x in input")]).Prepare("data.t.p");
        Parallel.For(0, 200, i => Assert.Equal(RegoSet.Create([RegoValue.Of(2L * i)]), query.Evaluate(RegoArray.Create([RegoValue.Of(i)])).Value));
    }

    [Fact]
    public void Tests_pass_fail_err_and_are_skipped()
    {
        const string source = "package t\nf(x) := x\nf(x) := x + 1\ntest_a if 1 == 1\ntest_b if 1 == 2\ntest_c if f(1) == 1\ntodo_test_d if true\n";
        var results = PolicyTestRunner.Run(RegoEngine.Compile([new RegoModule("t.rego", source)]));
        Assert.Equal(
            [PolicyTestOutcome.Pass, PolicyTestOutcome.Fail, PolicyTestOutcome.Error, PolicyTestOutcome.Skip],
            results.Select(r => r.Outcome));
        Assert.Equal(2, OpaTestOutput.ExitCode(results));
        Assert.EndsWith("PASS: 1/4\nFAIL: 1/4\nSKIPPED: 1/4\nERROR: 1/4\n", OpaTestOutput.Pretty(results, verbose: false), StringComparison.Ordinal);
    }

    [Fact]
    public void Coverage_tells_the_lines_that_were_reached()
    {
        var policy = RegoEngine.Compile(
            [new RegoModule("t.rego", "package t\np if {\n  input.a\n  input.b\n}\ntest_p if {\n  not p with input.a as false\n}\n")],
            new RegoOptions { Coverage = true });
        var recorder = new CoverageRecorder();
        PolicyTestRunner.Run(policy, new EvaluateOptions { Coverage = recorder });
        var file = CoverageReport.Create(policy, recorder).Files["t.rego"];
        Assert.Equal([new LineRange(3, 3), new LineRange(6, 7)], file.Covered);
        Assert.Equal([new LineRange(2, 2), new LineRange(4, 4)], file.NotCovered);
    }

    [Theory]
    [InlineData("data.t.p", true, false, 0)]
    [InlineData("data.t.q", true, false, 1)]
    [InlineData("data.t.p", false, true, 1)]
    public void Eval_exit_code_follows_the_options(string query, bool fail, bool failDefined, int expected)
    {
        var result = RegoEngine.Compile([new RegoModule("t.rego", "package t\np := 1")]).Prepare(query).Evaluate(null);
        Assert.Equal(expected, OpaEvalOutput.ExitCode(result, fail, failDefined));
    }

    [Fact]
    public void Eval_output_is_that_of_opa()
    {
        var result = RegoEngine.Compile([new RegoModule("t.rego", "package t\np := 1")]).Prepare("x := data.t.p").Evaluate(null);
        Assert.Equal(
            "{\"result\":[{\"bindings\":{\"x\":1},\"expressions\":[{\"location\":{\"col\":1,\"row\":1},\"text\":\"x := data.t.p\",\"value\":true}]}]}",
            string.Concat(OpaEvalOutput.Json(result).Split('\n').Select(l => l.Trim())).Replace("\": ", "\":", StringComparison.Ordinal));
    }

    [Fact]
    public void The_clock_comes_from_the_host() =>
        Assert.Null(RegoRun.Eval("p := time.now_ns()"));

    private static RegoValue Evaluate(IEnumerable<string> rules) => RegoEngine.Compile([new RegoModule("t.rego", "package t\n" + string.Join('\n', rules))])
        .Prepare("data.t").Evaluate(RegoRun.Json("""{"role":"admin","hour":20}""")).Value!;
}
