using Kfm.Gates.Rego;

namespace Kfm.Gates.Tests.Rego;

public sealed class CustomBuiltinTests
{
    private static readonly CustomBuiltin Owner = new("kfm.owner", "string, number -> object[string: any]", static a =>
        ((RegoString)a[0]).Text switch
        {
            "none" => null,
            "bad" => throw new FormatException("no such path"),
            var path => RegoObject.Create([new(RegoValue.Of("path"), RegoValue.Of(path))]),
        });

    [Theory]
    [InlineData("p := kfm.owner(\"src\", 1).path", "\"src\"")]
    [InlineData("p if not kfm.owner(\"none\", 1)", "true")]
    [InlineData("p := kfm.owner(\"bad\", 1)", null)]
    [InlineData("p := x if x := q with kfm.owner as {\"path\": \"mock\"}\nq := kfm.owner(\"src\", 1).path", "\"mock\"")]
    [InlineData("p := x if x := q with kfm.owner as f\nf(a, b) := {\"path\": [a, b]}\nq := kfm.owner(\"src\", 1).path", "[\"src\", 1]")]
    [InlineData("p := x if x := q with f as kfm.owner\nf(a, b) := {\"path\": 1}\nq := f(\"x\", 2).path", "\"x\"")]
    public void Policy_calls_it(string body, string? expected) => Assert.Equal(expected, Run(body, new EvaluateOptions()));

    [Theory]
    [InlineData("p := kfm.owner(1, 1)", "kfm.owner: invalid argument(s)")]
    [InlineData("p := kfm.owner(\"a\")", "kfm.owner: arity mismatch")]
    [InlineData("p := kfm.owner(\"a\", 1) + 1", "plus: invalid argument(s)")]
    [InlineData("p := kfm.other(\"a\")", "undefined function kfm.other")]
    public void Call_is_checked_against_the_declared_types(string body, string expected) =>
        Assert.Contains(RegoRun.Errors(body, new RegoOptions { Builtins = [Owner] }), e => e.Message == expected);

    [Theory]
    [InlineData("p := kfm.owner(\"bad\", 1)", "eval_builtin_error", "kfm.owner: no such path")]
    [InlineData("p := kfm.owner(input, 1)", "eval_type_error", "kfm.owner: operand 1 must be string but got number")]
    public void Its_failure_is_an_error_of_the_policy(string body, string code, string message)
    {
        var e = Assert.Throws<RegoEvaluationException>(() => Run(body, new EvaluateOptions { StrictBuiltinErrors = true }));
        Assert.Equal(code, e.Code);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("count", "any -> number")]
    [InlineData("data.x", "any -> number")]
    [InlineData("a..b", "any -> number")]
    [InlineData("1a", "any -> number")]
    [InlineData("kfm.f", "any -> nothing")]
    [InlineData("kfm.f", "what -> any")]
    [InlineData("kfm.f", "any... -> any")]
    [InlineData("kfm.f", "")]
    public void Wrong_declaration_is_refused(string name, string signature) =>
        Assert.Throws<ArgumentException>(() => new CustomBuiltin(name, signature, static _ => null));

    private static string? Run(string body, EvaluateOptions options) => RegoEngine
        .Compile([new RegoModule("t.rego", "package t\n" + body)], new RegoOptions { Builtins = [Owner] })
        .Prepare("data.t.p").Evaluate(RegoValue.Of(1), options).Value?.ToString();
}
