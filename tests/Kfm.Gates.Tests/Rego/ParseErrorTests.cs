using System.Globalization;
using Kfm.Gates.Rego;

namespace Kfm.Gates.Tests.Rego;

public sealed class ParseErrorTests
{
    [Theory]
    [InlineData("p := [1 2]", "2:9 unexpected number token: expected \",\" or \"]\"; 2:9 unexpected number token: expected rule value term (e.g., p := <VALUE> { ... })")]
    [InlineData("p if { x := f(1 2) }", "2:17 unexpected number token: expected \",\" or \")\"")]
    [InlineData("p if { x := (1 2) }", "2:16 non-terminated expression")]
    [InlineData("p if { x[1 }", "2:12 unexpected } token: expected [")]
    [InlineData("p if { x. y }", "2:10 unexpected whitespace token: expected identifier")]
    [InlineData("p if { x := {\"a\": 1 2} }", "2:21 unexpected number token: non-terminated object")]
    [InlineData("p if { x := {\"a\": 1, \"b\" 2} }", "2:26 unexpected number token: expected \":\"")]
    [InlineData("p if { x := [y | ] }", "2:18 found empty body")]
    [InlineData("p if { every f(x) in [1] { true } }", "2:26 unexpected { token: expected value to be a variable")]
    [InlineData("p if { some f(x) }", "2:18 unexpected } token: expected `x in xs` or `x, y in xs` expression")]
    [InlineData("p if { true } else", "2:18 unexpected eof token: expected else value term or rule body")]
    [InlineData("p[x] := 1 if { x = 1 } else := 2", "2:24 else keyword cannot be used on rules with variables in head")]
    [InlineData("default f(x, x) := 1", "2:1 illegal default rule (arguments cannot be repeated x)")]
    [InlineData("default f(1) := 1", "2:1 illegal default rule (arguments cannot contain number)")]
    [InlineData("default p := [x, input.y]", "2:1 illegal default rule (value cannot contain var); 2:1 illegal default rule (value cannot contain ref)")]
    [InlineData("f(x) contains 1", "2:6 unexpected contains keyword: the contains keyword can only be used with multi-value rule definitions (e.g., f contains <VALUE> { ... })")]
    [InlineData("p if { q with 1 as 2 }", "2:15 unexpected number token: expected ident")]
    public void A_module_that_is_not_Rego_gives_every_error_with_its_place(string rules, string expected)
    {
        var errors = RegoRun.Errors(rules);
        Assert.All(errors, e => Assert.Equal("rego_parse_error", e.Code));
        Assert.Equal(expected, string.Join("; ", errors.Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.Row}:{e.Col} {e.Message}"))));
    }

    [Theory]
    [InlineData("f(x) := x\np := f(1, 2)", "3:6 function data.t.f has arity 1, got 2 arguments")]
    [InlineData("p := count([1], 2, 3)", "2:6 count: arity mismatch")]
    [InlineData("p.q := 1\np[x] := 2 if x := input.x", "")]
    [InlineData("p.q := 1\np := {}", "3:1 rule data.t.p conflicts with [data.t.p.q]")]
    [InlineData("p := 1\np(x) := x", "2:1 conflicting rules data.t.p found")]
    [InlineData("p := [x | true] if { true }", "2:6 var x is unsafe")]
    [InlineData("p if { a := 1; b := {x | true} }", "2:16 var x is unsafe")]
    public void A_policy_that_cannot_be_compiled_gives_the_place(string rules, string expected)
    {
        IReadOnlyList<RegoError> errors = [];
        try
        {
            RegoEngine.Compile([new RegoModule("t.rego", "package t\n" + rules)]);
        }
        catch (RegoCompileException e)
        {
            errors = e.Errors;
        }

        Assert.Equal(expected, string.Join("; ", errors.Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.Row}:{e.Col} {e.Message}"))));
    }
}
