using Kfm.Gates.Policies;
using Kfm.Gates.Rego;

namespace Kfm.Gates.Tests.Rego;

public sealed class FormatTests
{
    [Theory]
    [InlineData("p:=1", "p := 1")]
    [InlineData("p if {a;b}", "p if {\n\ta\n\tb\n}")]
    [InlineData("p if {a}", "p if { a }")]
    [InlineData("p if {\n  a\n\n\n  b # why\n}", "p if {\n\ta\n\n\tb # why\n}")]
    [InlineData("p := {\"a\":1,\"b\" :[ 1,2 ]}", "p := {\"a\": 1, \"b\": [1, 2]}")]
    [InlineData("p := [x|some x in xs;x>1]", "p := [x | some x in xs; x > 1]")]
    [InlineData("p := f(x)+ -1", "p := f(x) + -1")]
    [InlineData("p := x-1", "p := x-1")]
    [InlineData("p := xs[ 0 ].y", "p := xs[0].y")]
    [InlineData("p if x\n\n\n\nq if y", "p if x\n\nq if y")]
    [InlineData("p if {\n  q with input.x as 1\n  with input.y as 2\n}", "p if {\n\tq with input.x as 1\n\t\twith input.y as 2\n}")]
    [InlineData("p := {\n\"a\": f([\n1,\n]),\n}", "p := {\n\t\"a\": f([\n\t\t1,\n\t]),\n}")]
    [InlineData("p if not{x}", "p if not {x}")]
    [InlineData("p := `a\n  b`", "p := `a\n  b`")]
    [InlineData("p := $\"a {x+1}\"", "p := $\"a {x+1}\"")]
    public void A_rule_has_one_layout(string rule, string expected) =>
        Assert.Equal($"package t\n\n{expected}\n", RegoFormatter.Format(new RegoModule("t.rego", "package t\n" + rule)));

    [Fact]
    public void Imports_are_sorted_and_set_apart() => Assert.Equal(
        "package t\n\nimport data.a\nimport data.b as c # why\n\np := 1\n",
        RegoFormatter.Format(new RegoModule("t.rego", "package t\nimport data.b as c # why\nimport data.a\np := 1")));

    [Fact]
    public void Shipped_policies_have_the_layout_and_keep_it()
    {
        foreach (var module in ShippedPolicies.Modules.Concat(ShippedPolicies.TestModules))
        {
            var once = RegoFormatter.Format(module);
            Assert.Equal(once, RegoFormatter.Format(module with { Source = once }));
        }
    }
}
