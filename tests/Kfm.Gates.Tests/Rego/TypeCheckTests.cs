using Kfm.Gates.Rego;

namespace Kfm.Gates.Tests.Rego;

public sealed class TypeCheckTests
{
    [Theory]
    [InlineData("p if 1 == \"a\"", "2:6 match error", "left  : number\nright : string")]
    [InlineData("p if { [x, 1] = [2, \"b\"]; x }", "2:8 match error", "left  : array<???, number>\nright : array<number, string>")]
    [InlineData("p := sprintf(\"%v\", 1)", "2:6 sprintf: invalid argument(s)", "have: (string, number)\nwant: (string, array[any], string)")]
    [InlineData("p := 1 + \"a\"", "2:6 plus: invalid argument(s)", "have: (number, string)\nwant: (number, number, number)")]
    [InlineData("q := 1\np := q.foo", "3:6 undefined ref: data.t.q.foo", "data.t.q.foo\n^^^^^^^^\nhave: number")]
    [InlineData("q := {\"a\": 1}\np := q.b", "3:6 undefined ref: data.t.q.b", "data.t.q.b\n         ^\n         have: \"b\"\n         want (one of): [\"a\"]")]
    [InlineData("f(x) := upper(x)\np := f(1)", "3:6 data.t.f: invalid argument(s)", "have: (number)\nwant: (string, string)")]
    [InlineData("f(x) := x\np := data.t.f", "3:6 undefined ref: data.t.f", "data.t.f\n^^^^^^^^\nhave: (any) => any")]
    [InlineData("p if { some x in [\"a\"]; x > abs(x) }", "2:29 abs: invalid argument(s)", "have: (string)\nwant: (number, number)")]
    [InlineData("p := [y | x := \"a\"; y := x + 1]", "2:26 plus: invalid argument(s)", "have: (string, number)\nwant: (number, number, number)")]
    public void Terms_of_types_that_cannot_fit_are_an_error(string rules, string expected, string details)
    {
        var error = Assert.Single(Assert.Throws<RegoCompileException>(() => RegoEngine.Compile([new RegoModule("t.rego", "package t\n" + rules)])).Errors);
        Assert.Equal("rego_type_error", error.Code);
        Assert.Equal(expected, $"{error.Row}:{error.Col} {error.Message}");
        Assert.Equal(details, error.Details);
    }

    [Theory]
    [InlineData("p := input.x + input.y[_]")]
    [InlineData("p contains x if some x in input.xs\nq if \"a\" in p\nq if p[1]")]
    [InlineData("p[x] := y if some x, y in input\nq := p.a.b + 1")]
    [InlineData("a.b[x].c := x if some x in [1]\np := a.b[1].c + 1")]
    [InlineData("f(\"a\") := 1\nf(x) := \"b\" if is_number(x)\np := f(1)\nq := f(\"a\")")]
    [InlineData("p := data.other.thing[1].x")]
    [InlineData("p if every k, v in {\"a\": 1} { k == \"a\"; v > 0 }")]
    [InlineData("p := {x: y | some x, y in input}\nq := p.a + 1")]
    public void Terms_that_may_fit_compile(string rules) => RegoEngine.Compile([new RegoModule("t.rego", "package t\n" + rules)]);

    [Fact]
    public void A_query_is_checked_against_the_types_of_the_policies()
    {
        var policy = RegoEngine.Compile([new RegoModule("t.rego", "package t\np := 1")]);
        var error = Assert.Single(Assert.Throws<RegoCompileException>(() => policy.Prepare("upper(data.t.p)")).Errors);
        Assert.Equal("upper: invalid argument(s)", error.Message);
    }
}
