using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.Tests.Json;

public sealed partial class CanonicalJsonTests
{
    // RFC 8785 appendix B, and the limits of the layout in ECMA-262 Number::toString.
    [Theory]
    [InlineData("0000000000000000", "0")]
    [InlineData("8000000000000000", "0")]
    [InlineData("0000000000000001", "5e-324")]
    [InlineData("7fefffffffffffff", "1.7976931348623157e+308")]
    [InlineData("ffefffffffffffff", "-1.7976931348623157e+308")]
    [InlineData("4340000000000000", "9007199254740992")]
    [InlineData("4430000000000000", "295147905179352830000")]
    [InlineData("44b52d02c7e14af5", "9.999999999999997e+22")]
    [InlineData("444b1ae4d6e2ef4e", "999999999999999700000")]
    [InlineData("444b1ae4d6e2ef50", "1e+21")]
    [InlineData("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [InlineData("3eb0c6f7a0b5ed8d", "0.000001")]
    [InlineData("41b3de4355555557", "333333333.33333343")]
    [InlineData("becbf647612f3696", "-0.0000033333333333333333")]
    [InlineData("43143ff3c1cb0959", "1424953923781206.2")]
    public void Number_of_the_rfc_is_laid_out(string bits, string expected)
    {
        var value = BitConverter.UInt64BitsToDouble(Convert.ToUInt64(bits, 16));

        Assert.Equal(expected, Canonical(value.ToString("E16", System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("0e9", "0")]
    [InlineData("1.10", "1.1")]
    [InlineData("100.0", "100")]
    [InlineData("-5", "-5")]
    [InlineData("0.00001", "0.00001")]
    [InlineData("0.0000001", "1e-7")]
    [InlineData("123456789012345", "123456789012345")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("1E400e", null)]
    [InlineData("2e-400", "0")]
    public void Number_text_is_spelt_in_one_way(string text, string? expected)
    {
        if (expected is null)
        {
            Assert.Throws<JsonFormatException>(() => Canonical(text));
            return;
        }

        Assert.Equal(expected, Canonical(text));
    }

    // RFC 8785 section 3.2.3
    [Fact]
    public void Members_are_sorted_by_utf16_units() => Assert.Equal(
        "{\"\\r\":1,\"1\":2,\"\u0080\":3,\"\u00f6\":4,\"\u20ac\":5,\"\U0001f600\":6,\"\ufb33\":7}",
        Canonical("{\"\u20ac\":5,\"\\r\":1,\"\ufb33\":7,\"1\":2,\"\U0001f600\":6,\"\u0080\":3,\"\u00f6\":4}"));

    [Fact]
    public void Many_members_are_sorted()
    {
        var names = Enumerable.Range(0, 1000).Select(i => (i * 7919 % 1000).ToString("x8", System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        var text = "{" + string.Join(',', names.Select(n => $"\"{n}\":0")) + "}";

        Assert.Equal("{" + string.Join(',', names.Order(StringComparer.Ordinal).Select(n => $"\"{n}\":0")) + "}", Canonical(text));
    }

    [Fact]
    public void Strings_keep_all_but_the_needed_escapes() => Assert.Equal(
        "\"/\u007f\u2028é\U0001F600\\u0001\\b\\t\\n\\f\\r\\\"\\\\\"",
        Canonical("""
            "\/\u007F\u2028\u00e9\uD83D\ude00\u0001\u0008\u0009\u000A\u000c\u000D\u0022\u005c"
            """));

    [Theory]
    [InlineData("""{"a":1,"a":2}""", 7, "/a")]
    [InlineData("""{"a":1,"\u0061":2}""", 7, "/a")]
    [InlineData("""{"b":1,"a":2,"b":3}""", 13, "/b")]
    [InlineData("""{"x":[0,{"k/~":1,"j":0,"k/~":1}]}""", 23, "/x/1/k~1~0")]
    [InlineData("""[0,[1,"\ud800"]]""", 7, "/1/1")]
    [InlineData("""["a\udc00\ud800b"]""", 3, "/0")]
    [InlineData("""{"a":{"\ud834":1}}""", 7, "/a")]
    [InlineData("""{"a":[1,1e309]}""", 8, "/a/1")]
    [InlineData("""{"a":[1,01]}""", 9, "/a")]
    [InlineData("[1,\n{\"b\": nul}]", 13, "/1")]
    [InlineData("1 2", 2, "")]
    [InlineData("", 0, "")]
    [InlineData("\uFEFF{}", 0, "")]
    public void Refusal_tells_where(string text, long position, string pointer)
    {
        var e = Assert.Throws<JsonFormatException>(() => Canonical(text));

        Assert.Equal((position, pointer), (e.BytePosition, e.Pointer));
    }

    [Fact]
    public void Ill_formed_utf8_is_refused_where_it_starts()
    {
        var e = Assert.Throws<JsonFormatException>(() => CanonicalJson.Canonicalize([(byte)'"', 0xC3, 0xA9, 0xED, 0xA0, 0x80, (byte)'"']));

        Assert.Equal(3, e.BytePosition);
    }

    [Fact]
    public void Depth_beyond_256_levels_is_refused()
    {
        Assert.Equal(new string('[', 256) + new string(']', 256), Canonical(new string('[', 256) + " " + new string(']', 256)));
        Assert.Throws<JsonFormatException>(() => Canonical(new string('[', 257) + new string(']', 257)));
    }

    [Theory]
    [InlineData("[1,]", 3, "", "']'")]
    [InlineData("""{"a":1,}""", 7, "", "'}'")]
    [InlineData("""{"a" 1}""", 5, "", "'1'")]
    [InlineData("""{"a":[{"b":tru}]}""", 14, "/a/0", "'}'")]
    [InlineData("[\"a\tb\"]", 3, "", "U+0009")]
    [InlineData("""["\x"]""", 3, "", "'x'")]
    [InlineData("""["\u12G4"]""", 6, "", "'G'")]
    [InlineData("""["abc""", 5, "", "ends")]
    [InlineData("[1.]", 3, "", "a digit")]
    [InlineData("[-]", 2, "", "a digit")]
    [InlineData("[1e+]", 4, "", "a digit")]
    [InlineData("{}\u0000", 2, "", "the byte 0x00")]
    public void Refusal_tells_what_is_expected(string text, long position, string pointer, string words)
    {
        var e = Assert.Throws<JsonFormatException>(() => Canonical(text));

        Assert.Equal((position, pointer), (e.BytePosition, e.Pointer));
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9007199254740991", true)]
    [InlineData("-9007199254740991", true)]
    [InlineData("9007199254740992", false)]
    [InlineData("-9007199254740993", false)]
    [InlineData("9007199254740991.4", true)]
    [InlineData("9007199254740991.5", false)]
    [InlineData("1e20", false)]
    [InlineData("1e21", true)]
    [InlineData("1000000000000000000000", false)]
    [InlineData("1.5e300", true)]
    public void Unsafe_integers_are_refused_by_option(string text, bool accepted)
    {
        var options = new CanonicalJsonOptions { RefuseUnsafeIntegers = true };
        var utf8 = Encoding.UTF8.GetBytes($$"""{"a":[0,{{text}}]}""");

        Assert.NotEmpty(CanonicalJson.Canonicalize(utf8));
        if (accepted)
        {
            Assert.NotEmpty(CanonicalJson.Canonicalize(CanonicalJson.Canonicalize(utf8, options), options));
            return;
        }

        var e = Assert.Throws<JsonFormatException>(() => CanonicalJson.Canonicalize(utf8, options));
        Assert.Equal((8, "/a/1"), (e.BytePosition, e.Pointer));
    }

    [Fact]
    public void Limits_of_depth_and_size_are_options()
    {
        Assert.Equal("/0", Assert.Throws<JsonFormatException>(() => CanonicalJson.Canonicalize("[[]]"u8, new CanonicalJsonOptions { MaxDepth = 1 })).Pointer);
        Assert.Equal("1", Encoding.UTF8.GetString(CanonicalJson.Canonicalize("1"u8, new CanonicalJsonOptions { MaxDepth = 0 })));
        Assert.Throws<JsonFormatException>(() => CanonicalJson.Canonicalize("[1]"u8, new CanonicalJsonOptions { MaxBytes = 2 }));
        Assert.False(CanonicalJson.IsCanonical("[1]"u8, new CanonicalJsonOptions { MaxBytes = 2 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CanonicalJsonOptions { MaxDepth = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CanonicalJsonOptions { MaxDepth = CanonicalJsonOptions.LargestMaxDepth + 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CanonicalJsonOptions { MaxBytes = 0 });
    }

    [Fact]
    public void Deepest_text_needs_no_stack()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"b\":[", 50_000)) + "1.0" + string.Concat(Enumerable.Repeat("],\"a\":0}", 50_000)));
        var options = new CanonicalJsonOptions { MaxDepth = CanonicalJsonOptions.LargestMaxDepth };
        var canonical = string.Concat(Enumerable.Repeat("{\"a\":0,\"b\":[", 50_000)) + "1" + string.Concat(Enumerable.Repeat("]}", 50_000));

        Assert.Equal(canonical, Encoding.UTF8.GetString(CanonicalJson.Canonicalize(text, options)));
        Assert.Equal(Digest.Of(Encoding.UTF8.GetBytes(canonical)), CanonicalJson.Hash(text, options));
    }

    [Fact]
    public void Cancelled_token_ends_the_reading_of_a_long_text()
    {
        var text = Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Repeat("12345678", 200_000)) + "]");

        Assert.Throws<OperationCanceledException>(() => CanonicalJson.Canonicalize(text, cancellationToken: new CancellationToken(canceled: true)));
        Assert.Throws<OperationCanceledException>(() => CanonicalJson.Hash(text, cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Long_text_is_written_and_hashed_in_pieces()
    {
        var text = Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Range(0, 20_000).Select(i => $$"""{"b":[{{i}},{{i}}.0],"a":"{{new string('x', i % 997 == 0 ? 40_000 : 7)}}"}""")) + "]");
        var output = new ArrayBufferWriter<byte>();

        CanonicalJson.Canonicalize(text, output);

        Assert.Equal(ReferenceCanonicalJson.Canonicalize(text), Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.True(output.WrittenSpan.SequenceEqual(CanonicalJson.Canonicalize(text)));
        Assert.Equal(Digest.Of(output.WrittenSpan), CanonicalJson.Hash(text));
    }

    [Fact]
    public void Refused_text_leaves_the_output_empty()
    {
        var output = new ArrayBufferWriter<byte>();

        Assert.Throws<JsonFormatException>(() => CanonicalJson.Canonicalize("""{"a":1,"a":2}"""u8, output));

        Assert.Equal(0, output.WrittenCount);
    }

    [Fact]
    public void Hash_is_the_digest_of_the_canonical_form()
    {
        Assert.Equal(Digest.Of("""{"a":1,"b":2}"""u8), CanonicalJson.Hash("""{ "b": 2, "a": 1 }"""u8));
        Assert.Equal(Digest.Of("""{"a":1,"b":2}"""u8), CanonicalJson.Hash("""{"a":1,"b":2}"""u8));
    }

    [Theory]
    [InlineData("""{"a":1,"b":[true,"\n"]}""", true)]
    [InlineData(""" {"a":1}""", false)]
    [InlineData("""{"a":1} """, false)]
    [InlineData("""{"a": 1}""", false)]
    [InlineData("""{"a" :1}""", false)]
    [InlineData("""{"b":1,"a":1}""", false)]
    [InlineData("[1.0]", false)]
    [InlineData("[\"\\u0061\"]", false)]
    [InlineData("{\"\\u000a\":1}", false)]
    [InlineData("{\"\\n\":1}", true)]
    [InlineData("[ ]", false)]
    [InlineData("nope", false)]
    public void Is_canonical_compares_every_byte(string text, bool expected) =>
        Assert.Equal(expected, CanonicalJson.IsCanonical(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Element_and_node_give_the_same_bytes_as_the_text()
    {
        var text = """{ "b": [1.0, null], "a": "\u00e9" }""";
        using var document = JsonDocument.Parse(text);

        Assert.Equal(Canonical(text), Encoding.UTF8.GetString(CanonicalJson.Canonicalize(document.RootElement)));
        Assert.Equal(Canonical(text), Encoding.UTF8.GetString(CanonicalJson.Canonicalize(JsonNode.Parse(text))));
        Assert.Equal("null", Encoding.UTF8.GetString(CanonicalJson.Canonicalize((JsonNode?)null)));
    }

    [Fact]
    public void Node_with_a_lone_surrogate_is_refused()
    {
        Assert.Equal("/a/0", Assert.Throws<JsonFormatException>(() => CanonicalJson.Canonicalize(new JsonObject { ["a"] = new JsonArray("\ud800") })).Pointer);
        Assert.Throws<JsonFormatException>(() => CanonicalJson.Canonicalize(new JsonObject { ["\udc00"] = 1 }));
        Assert.Throws<JsonFormatException>(() => CanonicalJson.Canonicalize(JsonNode.Parse("""["\ud800"]""")));
        Assert.Throws<JsonFormatException>(() => CanonicalJson.Canonicalize(JsonNode.Parse("""{"\ud800":1}""")));
    }

    [Fact]
    public void Node_with_a_name_twice_is_refused() =>
        Assert.Throws<JsonFormatException>(() => CanonicalJson.Canonicalize(JsonNode.Parse("""[{"a":1,"a":1}]""")));

    [Fact]
    public void Typed_object_is_written_in_canonical_order() => Assert.Equal(
        """{"Letter":"é","Number":1e+21}""",
        Encoding.UTF8.GetString(CanonicalJson.Serialize(new Sample(1e21, "é"), SampleContext.Default.Sample)));

    [Fact]
    public void Typed_object_with_a_lone_surrogate_is_refused()
    {
        Assert.Equal("/Letter", Assert.Throws<JsonFormatException>(() => CanonicalJson.Serialize(new Sample(1, "a\ud800"), SampleContext.Default.Sample)).Pointer);
        Assert.Equal(
            "{\"Letter\":\"\ufffd\\\\uFFFD\",\"Number\":1}",
            Encoding.UTF8.GetString(CanonicalJson.Serialize(new Sample(1, "\ufffd\\uFFFD"), SampleContext.Default.Sample)));
    }

    [Fact]
    public void Typed_object_that_holds_itself_is_refused()
    {
        var loop = new Loop();
        loop.Next = loop;

        Assert.Throws<JsonFormatException>(() => CanonicalJson.Serialize(loop, SampleContext.Default.Loop));
    }

    [Fact]
    public void Node_beyond_the_depth_is_refused()
    {
        var deep = new JsonArray();
        for (var i = 0; i < 5000; i++)
        {
            deep = [deep];
        }

        Assert.Throws<JsonFormatException>(() => CanonicalJson.Canonicalize(deep, new CanonicalJsonOptions { MaxDepth = 100_000 }));
    }

    private static string Canonical(string text) => Encoding.UTF8.GetString(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(text)));

    internal sealed record Sample(double Number, string Letter);

    internal sealed class Loop
    {
        public Loop? Next { get; set; }
    }

    [JsonSerializable(typeof(Sample))]
    [JsonSerializable(typeof(Loop))]
    internal sealed partial class SampleContext : JsonSerializerContext;
}
