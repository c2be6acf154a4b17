using Kfm.Gates.Rego;

namespace Kfm.Gates.Tests.Rego;

public sealed class LogicTests
{
    private const string Imports = "import future.keywords.and\nimport future.keywords.not\nimport future.keywords.or\n";

    [Theory]
    [InlineData("p if input.a == 2 and input.b == 3", null)]
    [InlineData("p if input.a == 2 or input.b == 3", "true")]
    [InlineData("p if { false and false or true }", "true")]
    [InlineData("p if { false and (false or true) }", null)]
    [InlineData("p if not (input.a == 1 or input.b)", "true")]
    [InlineData("p if not { some x in input.xs; x > 3 }", "true")]
    [InlineData("p if not { some x in input.xs; x > 2 }", null)]
    [InlineData("p := [1 | { some x in input.xs; x > 0 } and true]", "[1]")]
    [InlineData("p := [x | some x in input.xs; x < 2 or x > 2]", "[1, 3]")]
    [InlineData("p if { { a := 1; a > 0 } and { a := -1; a < 0 } }", "true")]
    [InlineData("p if { (input.a < 2 with input.a as 1) and input.a == 2 }", "true")]
    [InlineData("p if { input.a == 1 or input.a == 2 with input.a as 1 }", "true")]
    [InlineData("p := {1, 2} | {3}", "{1, 2, 3}")]
    [InlineData("p := (1 + 2) * 3", "9")]
    public void Keyword_joins_bodies(string body, string? expected) =>
        Assert.Equal(expected, RegoRun.Eval(Imports + body, input: """{"a":2,"xs":[1,2,3]}"""));

    [Fact]
    public void Second_branch_of_or_is_not_evaluated_when_the_first_holds() =>
        Assert.Equal("true", RegoRun.Eval(Imports + "p if { input.a == 2 or to_number(\"x\") == 1 }", input: """{"a":2}""", options: new EvaluateOptions { StrictBuiltinErrors = true }));

    [Fact]
    public void Words_are_variables_without_their_import() => Assert.Equal("3", RegoRun.Eval("p := and + or if { and := 1; or := 2 }"));

    [Theory]
    [InlineData("p[x] := 1 if some x in [\"a\"]\np.b := p.a + 1", "{\"a\": 1, \"b\": 2}")]
    [InlineData("p[x].v := 1 if some x in [\"a\", \"b\"]\np.c.v := p.a.v + 1", "{\"a\": {\"v\": 1}, \"b\": {\"v\": 1}, \"c\": {\"v\": 2}}")]
    [InlineData("default p.x := 1\np.y := p.x", "{\"x\": 1, \"y\": 1}")]
    public void Rule_may_read_its_sibling(string body, string expected) => Assert.Equal(expected, RegoRun.Eval(body));
}
