using System.Text;
using Kfm.Gates.Rego;
using Kfm.Provenance.Json;

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

    private static RegoEvaluationException Evaluate(string body, EvaluateOptions? options = null) =>
        Assert.Throws<RegoEvaluationException>(() => RegoRun.Eval(body, options: options));
}
