using FsCheck;
using FsCheck.Fluent;
using Kfm.Gates.Licences;

namespace Kfm.Gates.Tests.Licences;

public class LicenceExpressionTests
{
    [Theory]
    [InlineData("MIT", "MIT")]
    [InlineData("  ( MIT )  ", "MIT")]
    [InlineData("GPL-2.0+", "GPL-2.0+")]
    [InlineData("MIT OR Apache-2.0", "MIT OR Apache-2.0")]
    [InlineData("MIT or apache-2.0", "MIT OR apache-2.0")]
    [InlineData("A AND B OR C", "A AND B OR C")]
    [InlineData("A OR B AND C", "A OR B AND C")]
    [InlineData("(A OR B) AND C", "A AND C OR B AND C")]
    [InlineData("(A OR B) AND (C OR D)", "A AND C OR A AND D OR B AND C OR B AND D")]
    [InlineData("(A OR B) AND A", "A OR B AND A")]
    [InlineData("GPL-2.0-only WITH Classpath-exception-2.0 OR MIT", "GPL-2.0-only WITH Classpath-exception-2.0 OR MIT")]
    [InlineData("DocumentRef-spdx:LicenseRef-MIT-Style-2", "DocumentRef-spdx:LicenseRef-MIT-Style-2")]
    public void Expression_is_multiplied_out(string expression, string expected) => Assert.Equal(expected, LicenceExpression.Normalize(expression));

    [Theory]
    [InlineData("")]
    [InlineData("MIT OR (")]
    [InlineData("MIT OR")]
    [InlineData("OR MIT")]
    [InlineData("MIT Apache-2.0")]
    [InlineData("MIT)")]
    [InlineData("MIT WITH")]
    [InlineData("(A OR B) WITH x")]
    [InlineData("MIT++")]
    [InlineData("+")]
    [InlineData("MIT, Apache-2.0")]
    public void What_is_no_expression_can_be_on_no_list(string expression)
    {
        var normal = LicenceExpression.Normalize(expression);
        Assert.StartsWith("invalid:", normal, StringComparison.Ordinal);
        Assert.DoesNotContain(' ', normal);
    }

    [Fact]
    public void Expression_that_would_grow_without_bound_is_invalid()
    {
        Assert.StartsWith("invalid:", LicenceExpression.Normalize(string.Join(" AND ", Enumerable.Range(0, 9).Select(i => $"(a{i} OR b{i})"))), StringComparison.Ordinal);
        Assert.StartsWith("invalid:", LicenceExpression.Normalize(new string('(', 1_000) + "MIT" + new string(')', 1_000)), StringComparison.Ordinal);
        Assert.StartsWith("invalid:", LicenceExpression.Normalize(new string('a', 5_000)), StringComparison.Ordinal);
    }

    // The law: whatever set of licences is allowed, the normal form allows exactly what the expression does.
    [Fact]
    public void Normal_form_means_what_the_expression_means() => Prop.ForAll(
        Tree(3).ToArbitrary(),
        tree => Enumerable.Range(0, 16).All(allowed =>
            tree.Holds(allowed) == LicenceExpression.Normalize(tree.Text).Split(" OR ").Any(branch => branch.Split(" AND ").All(part => (allowed >> (part[0] - 'a') & 1) == 1))))
        .QuickCheckThrowOnFailure();

    private static Gen<Node> Tree(int depth)
    {
        var leaf = Gen.Elements('a', 'b', 'c', 'd').Select(c => new Node(c, null, null));
        return depth == 0
            ? leaf
            : Gen.OneOf(leaf, Gen.Elements('&', '|').SelectMany(op => Tree(depth - 1).SelectMany(left => Tree(depth - 1).Select(right => new Node(op, left, right)))));
    }

    private sealed record Node(char Kind, Node? Left, Node? Right)
    {
        public string Text => Left is null ? Kind.ToString() : $"({Left.Text} {(Kind == '&' ? "AND" : "OR")} {Right!.Text})";

        public bool Holds(int allowed) => Kind switch
        {
            '&' => Left!.Holds(allowed) && Right!.Holds(allowed),
            '|' => Left!.Holds(allowed) || Right!.Holds(allowed),
            _ => (allowed >> (Kind - 'a') & 1) == 1,
        };

        public override string ToString() => Text;
    }
}
