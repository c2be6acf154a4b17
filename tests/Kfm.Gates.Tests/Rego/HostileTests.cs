using System.Text;
using Kfm.Gates.Rego;
using Kfm.Provenance.Json;
using Kfm.Testing;

namespace Kfm.Gates.Tests.Rego;

public sealed class HostileTests
{
    [Theory]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("(")]
    [InlineData("f(")]
    [InlineData("{\"a\":")]
    [InlineData("[x | ")]
    [InlineData("{x | {")]
    [InlineData("-")]
    public void Deeply_nested_source_is_a_parse_error(string open)
    {
        var source = "p := " + string.Concat(Enumerable.Repeat(open, 20_000));
        Assert.Equal("rego_parse_error", RegoRun.Errors(source)[0].Code);
    }

    [Fact]
    public void Comprehensions_that_break_deep_inside_are_a_parse_error()
    {
        var source = "p := " + string.Concat(Enumerable.Repeat("[x | ", 60)) + "1 2" + new string(']', 60);
        Assert.Equal("rego_parse_error", RegoRun.Errors(source)[0].Code);
    }

    [Fact]
    public void Deeply_nested_input_is_a_format_error() =>
        Assert.Throws<JsonFormatException>(() => RegoRun.Json(new string('[', 100_000)));

    [Theory]
    [InlineData("p := count(numbers.range(1, 1000000000000))")]
    [InlineData("p := [1 | numbers.range(1, 9000)[_]; numbers.range(1, 9000)[_]]")]
    [InlineData("p := sprintf(\"%1000000d%1000000d%1000000d%1000000d%1000000d%1000000d%1000000d%1000000d%1000000d%1000000d%1000000d\", [1,1,1,1,1,1,1,1,1,1,1])")]
    public void Huge_results_are_limit_errors(string body) => Assert.Equal("eval_limit_error", Evaluate(body).Code);

    [Fact]
    public void Too_many_steps_are_a_limit_error()
    {
        var error = Evaluate("p if { some i in numbers.range(1, 100000); i < 0 }", new EvaluateOptions { Limits = new EvaluateLimits { Steps = 1000 } });
        Assert.Equal("eval_limit_error", error.Code);
    }

    [Fact]
    public void A_chain_of_many_rules_is_a_limit_error()
    {
        var source = new StringBuilder("p0 := 1\n");
        for (var i = 1; i < 5000; i++)
        {
            source.Append(System.Globalization.CultureInfo.InvariantCulture, $"p{i} := p{i - 1} + 1\n");
        }

        Assert.Equal("eval_limit_error", Assert.Throws<RegoEvaluationException>(() => RegoRun.Eval(source.ToString(), "data.t.p4999")).Code);
    }

    [Fact]
    public void A_long_body_needs_no_stack() =>
        Assert.Equal("true", RegoRun.Eval("p if {" + string.Concat(Enumerable.Repeat("1 < 2\n", 20_000)) + "}"));

    [Fact]
    public void Cancellation_is_an_error()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var error = Evaluate("p if { some i in numbers.range(1, 100000); i < 0 }", new EvaluateOptions { CancellationToken = source.Token });
        Assert.Equal("eval_cancel_error", error.Code);
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(a|aa)*b")]
    public void Regular_expressions_take_linear_time(string pattern) =>
        Assert.Equal("false", RegoRun.Eval($"p := regex.match(`{pattern}`, input)", input: "\"" + new string('a', 20_000) + "c\""));

    [Fact]
    public void Back_references_are_refused() => Assert.Equal("false", RegoRun.Eval("p := regex.is_valid(`(a)\\1`)"));

    [Theory]
    [InlineData("p := count([1 | some a in input; some b in input; some c in input; some d in input; a + b + c + d < 0])")]
    [InlineData("p if { some i in numbers.range(1, 100000); some j in numbers.range(1, 100000); i * j < 0 }")]
    [InlineData("p := {x | some a in input; some b in input; some c in input; x := sprintf(\"%v-%v-%v\", [a, b, c])}")]
    [InlineData("p if { walk(input, [_, v]); walk(input, [_, w]); walk(input, [_, x]); v < w; w < x; x < v }")]
    public void Joins_that_grow_without_end_are_a_limit_error(string body)
    {
        var options = new EvaluateOptions { Limits = new EvaluateLimits { Steps = 2_000_000 } };
        var input = "[" + string.Join(",", Enumerable.Range(0, 500)) + "]";
        Assert.Equal("eval_limit_error", Assert.Throws<RegoEvaluationException>(() => RegoRun.Eval(body, input: input, options: options)).Code);
    }

    [Theory]
    [InlineData("p := [numbers.range(1, 100000) | some i in numbers.range(1, 100000)]")]
    [InlineData("p := [concat(\"\", [input, input]) | some i in numbers.range(1, 100000)]")]
    [InlineData("p := [array.concat(x, x) | x := numbers.range(1, 50000); some i in x]")]
    public void What_fills_memory_is_a_limit_error(string body)
    {
        var options = new EvaluateOptions { Limits = new EvaluateLimits { Memory = 64 << 20 } };
        var input = "\"" + new string('x', 100_000) + "\"";
        var error = Assert.Throws<RegoEvaluationException>(() => RegoRun.Eval(body, input: input, options: options));
        Assert.Equal("eval_limit_error", error.Code);
    }

    [Fact]
    public void Time_beyond_the_limit_is_a_limit_error()
    {
        var clock = new SteppingTimeProvider(DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1));
        var options = new EvaluateOptions { Clock = clock, Limits = new EvaluateLimits { Time = TimeSpan.FromSeconds(5) } };
        var error = Evaluate("p if { some i in numbers.range(1, 1000000); i < 0 }", options);
        Assert.Equal(("eval_limit_error", "more than 5 seconds"), (error.Code, error.Reason));
    }

    [Fact]
    public void A_limit_of_time_without_a_clock_is_misuse() => Assert.Throws<ArgumentException>(
        () => RegoRun.Eval("p := 1", options: new EvaluateOptions { Limits = new EvaluateLimits { Time = TimeSpan.FromSeconds(5) } }));

    [Fact]
    public void Values_that_rules_nest_without_end_are_a_limit_error()
    {
        var source = new StringBuilder("package t\nimport rego.v1\np0 := []\n");
        for (var i = 1; i < 900; i++)
        {
            source.Append(System.Globalization.CultureInfo.InvariantCulture, $"p{i} := {new string('[', 60)}p{i - 1}{new string(']', 60)}\n");
        }

        source.Append("p := {p899, 1}\n");
        var policy = RegoEngine.Compile([new RegoModule("t.rego", source.ToString())]);
        var error = Assert.Throws<RegoEvaluationException>(() => policy.Prepare("data.t.p").Evaluate(null).Value!.ToJson());
        Assert.Equal("eval_limit_error", error.Code);
    }

    [Fact]
    public void A_string_of_a_hundred_megabytes_passes_through()
    {
        var text = new string('a', 100_000_000);
        var policy = RegoEngine.Compile([new RegoModule("t.rego", "package t\nimport rego.v1\np if { startswith(input, \"a\"); not contains(input, \"b\"); count(input) == 100000000 }")]);
        Assert.Equal("true", policy.Prepare("data.t.p").Evaluate(RegoValue.Of(text)).Value!.ToString());
    }

    [Theory]
    [InlineData("p := regex.match(`^(([a-z])+.)+[A-Z]([a-z])+$`, input)")]
    [InlineData("p := regex.match(`(x+x+)+y`, input)")]
    [InlineData("p := count(regex.find_n(`(a*)*b?`, input, -1)) < 0")]
    [InlineData("p := glob.match(\"*a*a*a*a*a*a*a*b\", [], input)")]
    public void Patterns_that_explode_elsewhere_end(string body) =>
        Assert.Equal("false", RegoRun.Eval(body, input: "\"" + new string('a', 5_000) + "\""));

    [Fact]
    public void Rules_that_reach_themselves_are_refused() => Assert.Equal("rego_recursion_error", RegoRun.Errors("f(x) := g(x)\ng(x) := f(x)\np := f(1)")[0].Code);

    [Theory]
    [InlineData("\\ud800", "\\ud800")]
    [InlineData("e\\u0301", "\\u00e9")]
    [InlineData("\\u202e", "")]
    public void Odd_code_points_are_compared_as_they_are(string left, string right) =>
        Assert.Equal(left == right ? "true" : "false", RegoRun.Eval("p := input.a == input.b", input: $$"""{"a": "{{left}}", "b": "{{right}}"}"""));

    private static RegoEvaluationException Evaluate(string body, EvaluateOptions? options = null) =>
        Assert.Throws<RegoEvaluationException>(() => RegoRun.Eval(body, options: options));
}
