using Kfm.Gates.Rego;

namespace Kfm.Gates.Tests.Rego;

public sealed class NegationTests
{
    [Theory]
    [InlineData("not startswith(input.x, \"a\")", true, false)]
    [InlineData("not f(input.x)", true, false)]
    [InlineData("not f(g(1))", true, false)]
    [InlineData("not obj[input.x]", true, false)]
    [InlineData("not h(1).y", true, false)]
    [InlineData("not \"a\" in object.keys(input.x)", true, false)]
    [InlineData("not count([{\"a\": input.x}]) == 2", true, false)]
    [InlineData("not input.x", true, true)]
    [InlineData("not input.x == 1", true, true)]
    [InlineData("not g(1) == 1", true, false)]
    [InlineData("not f(1)", true, true)]
    [InlineData("not f(2)", false, false)]
    [InlineData("not f(input.x) with input as {\"x\": 1}", true, true)]
    [InlineData("not f(input.x) with input as {\"x\": 2}", false, false)]
    [InlineData("count([1 | not f(input.x)]) == 1", true, false)]
    public void Not_denies_the_whole_expression_or_its_outermost_part_as_asked(string body, bool whole, bool outer)
    {
        Assert.Equal(whole, Holds("", body, new RegoOptions()));
        Assert.Equal(outer, Holds("", body, new RegoOptions { OuterNegation = true }));
        Assert.Equal(whole, Holds("import future.keywords.not\n", body, new RegoOptions { OuterNegation = true }));
    }

    [Fact]
    public void Not_of_a_query_denies_the_whole_expression()
    {
        var policy = RegoEngine.Compile([], new RegoOptions { OuterNegation = true });
        var row = Assert.Single(policy.Prepare("not startswith(input.x, \"a\")").Evaluate(RegoObject.Empty).Rows);
        Assert.Single(row.Expressions);
    }

    private static bool Holds(string imports, string body, RegoOptions options)
    {
        var policy = RegoEngine.Compile([new RegoModule("t.rego", $"package t\n{imports}obj := {{}}\nf(x) if x == 2\ng(x) := x if x == 2\nh(x) := {{\"y\": true}} if x == 2\np if {{\n\t{body}\n}}\n")], options);
        return policy.Prepare("data.t.p").Evaluate(RegoObject.Empty).Value is not null;
    }
}
