using FsCheck;
using FsCheck.Fluent;
using Kfm.Gates.Rego;

namespace Kfm.Gates.Tests.Rego;

public sealed class ValueTests
{
    private static readonly Gen<RegoValue> Scalars = Gen.OneOf(
        Gen.Constant(RegoValue.Null),
        Gen.Elements(RegoValue.True, RegoValue.False),
        Gen.Choose(-300, 300).Select(n => RegoValue.Of(n)),
        Gen.Choose(-3000, 3000).Select(n => RegoRun.Json((n / 100.0).ToString("F2", System.Globalization.CultureInfo.InvariantCulture))),
        Gen.Elements("", "a", "b", "ab", "\uE000", "\U0001F600", "\u00e9", "\"<&>\n").Select(RegoValue.Of));

    private static readonly Arbitrary<RegoValue> Json = Values(2, sets: false).ToArbitrary();

    private static readonly Arbitrary<RegoValue[]> Triples = Values(2, sets: true).ArrayOf(3).ToArbitrary();

    [Fact]
    public void Order_is_total_and_agrees_with_equality_and_hash() =>
        Prop.ForAll(Triples, v =>
            Math.Sign(RegoValue.Compare(v[0], v[1])) == -Math.Sign(RegoValue.Compare(v[1], v[0]))
            && (RegoValue.Compare(v[0], v[1]) == 0) == v[0].Equals(v[1])
            && (!v[0].Equals(v[1]) || v[0].GetHashCode() == v[1].GetHashCode())
            && (RegoValue.Compare(v[0], v[1]) > 0 || RegoValue.Compare(v[1], v[2]) > 0 || RegoValue.Compare(v[0], v[2]) <= 0))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Parsing_what_was_written_gives_the_value_back() =>
        Prop.ForAll(Json, v => RegoValue.Parse(v.ToJson()).Equals(v)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_printed_value_is_the_term_that_gives_it() =>
        Prop.ForAll(Triples, v => v[0].ToString() == RegoRun.Eval("p := " + v[0])).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("100", "1e2")]
    [InlineData("0", "-0")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890.0")]
    [InlineData("1e400", "10e399")]
    public void Numbers_are_equal_by_value(string left, string right)
    {
        Assert.Equal(RegoRun.Json(left), RegoRun.Json(right));
        Assert.Equal(RegoRun.Json(left).GetHashCode(), RegoRun.Json(right).GetHashCode());
    }

    [Fact]
    public void Strings_sort_by_code_point() =>
        Assert.True(RegoValue.Compare(RegoValue.Of("\uE000"), RegoValue.Of("\U0001F600")) < 0);

    [Fact]
    public void Canonical_JSON_sorts_keys_and_flattens_sets() => Assert.Equal(
        """{"a":[1,2],"b":null}"""u8.ToArray(),
        RegoObject.Create([new(RegoValue.Of("b"), RegoValue.Null), new(RegoValue.Of("a"), RegoSet.Create([RegoValue.Of(2), RegoValue.Of(1)]))]).ToCanonicalJson());

    private static Gen<RegoValue> Values(int depth, bool sets)
    {
        if (depth == 0)
        {
            return Scalars;
        }

        var inner = Values(depth - 1, sets);
        var lists = inner.ArrayOf(3);
        var keys = Gen.Elements("a", "b", "c").Select(RegoValue.Of);
        var objects = Gen.Zip(keys, inner).ArrayOf(2)
            .Select(m => (RegoValue)RegoObject.Create(m.Select(p => KeyValuePair.Create(p.Item1, p.Item2))));
        return Gen.OneOf(Scalars, lists.Select(l => (RegoValue)RegoArray.Create(l)), objects, lists.Select(l => sets ? RegoSet.Create(l) : (RegoValue)RegoArray.Create(l)));
    }
}
