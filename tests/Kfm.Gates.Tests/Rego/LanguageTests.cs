using Kfm.Gates.Rego;

namespace Kfm.Gates.Tests.Rego;

public sealed class LanguageTests
{
    [Theory]
    [InlineData("p := 1 + 2 * 3", "7")]
    [InlineData("p := x if { x := input.a; x > 1 }", "2")]
    [InlineData("p if input.a == 3", null)]
    [InlineData("default p := false\np if input.a == 3", "false")]
    [InlineData("p := 1 if input.a == 3 else := 2", "2")]
    [InlineData("p contains x if some x in input.xs", "{1, 2, 3}")]
    [InlineData("p[k] := v if some k, v in input.xs", "{0: 1, 1: 2, 2: 3}")]
    [InlineData("p := [x | x := input.xs[_]; x > 1]", "[2, 3]")]
    [InlineData("p := {x | some x in input.xs}", "{1, 2, 3}")]
    [InlineData("p := {k: v | some k, v in input.o}", """{"x": 1, "y": 2}""")]
    [InlineData("p if every x in input.xs { x > 0 }", "true")]
    [InlineData("p if every x in input.xs { x > 1 }", null)]
    [InlineData("p if not input.b", "true")]
    [InlineData("p := f(1)\nf(x) := x + 1", "2")]
    [InlineData("p := [x, y] if { [x, {\"k\": y}] = [1, {\"k\": 2}] }", "[1, 2]")]
    [InlineData("p := q.r\nq.r := 1", "1")]
    [InlineData("p := x if x := input.a with input as {\"a\": 9}", "9")]
    [InlineData("p := x if x := data.d.e with data.d.e as 4", "4")]
    [InlineData("p := x if x := count(\"x\") with count as 5", "5")]
    [InlineData("p := y if { y = x + 1; x = 1 }", "2")]
    [InlineData("p := data.t.q\nq contains 1\nq contains 2", "{1, 2}")]
    [InlineData("p := sprintf(\"%d-%s\", [1, \"a\"])", "\"1-a\"")]
    [InlineData("p := $\"a {input.a} b\"", "\"a 2 b\"")]
    [InlineData("p := `raw\\n`", "\"raw\\\\n\"")]
    [InlineData("p if 1 in input.xs", "true")]
    [InlineData("p[q].r := i if q := [\"a\", \"b\"][i]", """{"a": {"r": 0}, "b": {"r": 1}}""")]
    [InlineData("p := {x: y | input.o[x] = y}", """{"x": 1, "y": 2}""")]
    [InlineData("p := [v | walk(input.o, [_, v]); is_number(v)]", "[1, 2]")]
    [InlineData("p := {1, 1.0}", "{1}")]
    [InlineData("p := 0.1 + 0.2", "0.3")]
    [InlineData("p := 1 / 3", "0.33333333333333333334")]
    public void Body_gives_its_value(string body, string? expected) =>
        Assert.Equal(expected, RegoRun.Eval(body, input: """{"a":2,"xs":[1,2,3],"o":{"x":1,"y":2}}"""));

    [Theory]
    [InlineData("p := 1\np := 2", "complete rules must not produce multiple outputs")]
    [InlineData("p := f(1)\nf(x) := x\nf(x) := x + 1", "functions must not produce multiple outputs for same inputs")]
    [InlineData("p[1] := x if some x in [1, 2]", "object keys must be unique")]
    public void Conflict_is_an_error(string body, string message)
    {
        var error = Assert.Throws<RegoEvaluationException>(() => RegoRun.Eval(body));
        Assert.Equal("eval_conflict_error", error.Code);
        Assert.Equal(message, error.Reason);
    }

    [Theory]
    [InlineData("p := x", "rego_unsafe_var_error", "var x is unsafe")]
    [InlineData("p := foo(1)", "rego_type_error", "undefined function foo")]
    [InlineData("p if not p", "rego_recursion_error", "rule data.t.p is recursive: data.t.p -> data.t.p")]
    [InlineData("p if { x := 1; x := 2 }", "rego_compile_error", "var x assigned above")]
    [InlineData("p := 1 +", "rego_parse_error", "unexpected eof token")]
    public void Bad_policy_is_refused(string body, string code, string message)
    {
        var error = RegoRun.Errors(body)[0];
        Assert.Equal((code, message, 2), (error.Code, error.Message, error.Row));
    }
}
