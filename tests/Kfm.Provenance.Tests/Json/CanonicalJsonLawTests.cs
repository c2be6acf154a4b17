using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.Tests.Json;

public sealed class CanonicalJsonLawTests
{
    [Fact]
    public void Canonical_form_is_its_own_canonical_form() => Prop.ForAll<int>(seed =>
    {
        var once = Canonicalize(new RandomJson(seed).Spell(new RandomJson(seed).Value()));
        return CanonicalJson.IsCanonical(once) && once.AsSpan().SequenceEqual(CanonicalJson.Canonicalize(once));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Canonical_form_does_not_depend_on_the_spelling() => Prop.ForAll<int, int>((seed, spelling) =>
    {
        var value = new RandomJson(seed).Value();
        var plain = CanonicalJson.Canonicalize(value);
        return plain.AsSpan().SequenceEqual(Canonicalize(new RandomJson(spelling).Spell(value)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Canonical_forms_are_equal_only_for_equal_values() => Prop.ForAll<int, int>((left, right) =>
    {
        var (a, b) = (new RandomJson(left % 50).Value(1), new RandomJson(right % 50).Value(1));
        return CanonicalJson.Canonicalize(a).AsSpan().SequenceEqual(CanonicalJson.Canonicalize(b)) == JsonNode.DeepEquals(a, b);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Canonical_form_means_the_value() => Prop.ForAll<int>(seed =>
    {
        var value = new RandomJson(seed).Value();
        return JsonNode.DeepEquals(value, JsonNode.Parse(CanonicalJson.Canonicalize(value)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Is_canonical_says_what_canonicalize_gives() => Prop.ForAll<int>(seed =>
    {
        var text = Encoding.UTF8.GetBytes(new RandomJson(seed).Spell(new RandomJson(seed).Value()));
        return CanonicalJson.IsCanonical(text) == text.AsSpan().SequenceEqual(CanonicalJson.Canonicalize(text));
    }).QuickCheckThrowOnFailure();

    private static byte[] Canonicalize(string text) => CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(text));
}
