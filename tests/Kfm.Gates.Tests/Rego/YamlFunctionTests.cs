using FsCheck;
using FsCheck.Fluent;
using Kfm.Gates.Rego;
using Kfm.Gates.Rego.Yaml;

namespace Kfm.Gates.Tests.Rego;

public sealed class YamlFunctionTests
{
    [Theory]
    [InlineData("[{\"foo\": {1, 2}}]", "- foo:\n  - 1\n  - 2\n")]
    [InlineData("{\"b\": 1, \"a\": {\"c\": []}, \"a10\": {}, \"a9\": null}", "a:\n  c: []\na9: null\na10: {}\nb: 1\n")]
    [InlineData("[[1, [2]], {\"a\": 1, \"b\": 2}]", "- - 1\n  - - 2\n- a: 1\n  b: 2\n")]
    [InlineData("[\"true\", \"1\", \"\", \"a: b\", \" a\", \"#x\", \"yes\", \"2001-01-01\", \"it's\", \"- x\", \"a\\tb\"]", "- \"true\"\n- \"1\"\n- \"\"\n- 'a: b'\n- ' a'\n- '#x'\n- \"yes\"\n- \"2001-01-01\"\n- it's\n- '- x'\n- \"a\\tb\"\n")]
    [InlineData("{\"t\": \"one\\ntwo\\n\", \"u\": \"x\\ny\"}", "t: |\n  one\n  two\nu: |-\n  x\n  y\n")]
    [InlineData("[1.5, 1000000.5, 12345678901234567890]", "- 1.5\n- 1.0000005e+06\n- 12345678901234567890\n")]
    [InlineData("\"x\"", "x\n")]
    public void Value_is_written_as_Go_writes_it(string value, string expected) =>
        Assert.Equal(RegoValue.Of(expected).ToString(), RegoRun.Eval($"p := yaml.marshal({value})"));

    [Theory]
    [InlineData("a: 1\\nb: [x, yes, 0o17, 1e3]", "{\"a\": 1, \"b\": [\"x\", true, 15, 1e3]}")]
    [InlineData("", "null")]
    [InlineData("&x {a: 1}", "{\"a\": 1}")]
    [InlineData("[1, 2", null)]
    [InlineData("*x", null)]
    public void Text_is_read_as_Go_reads_it(string text, string? expected)
    {
        Assert.Equal(expected, RegoRun.Eval($"p := yaml.unmarshal(\"{text}\")"));
        Assert.Equal(expected is null ? "false" : "true", RegoRun.Eval($"p := yaml.is_valid(\"{text}\")"));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public void Deep_text_is_undefined(string open) =>
        Assert.Null(RegoRun.Eval("p := yaml.unmarshal(input)", input: RegoValue.Of(string.Concat(Enumerable.Repeat(open, 5_000))).ToString()));

    [Theory]
    [InlineData("a *b: 1")]
    [InlineData("[{a *: 1}]")]
    public void Key_that_the_scanner_misreads_is_refused(string text) => Assert.Throws<YamlFormatException>(() => YamlReader.Read(text));

    [Fact]
    public void Many_merges_give_way_to_members_in_linear_time()
    {
        // Seconds when each merge moves what stands behind it.
        var text = "- &a {x: 1, z: 1}\n- &b {x: 2}\n-\n  x: 3\n" + string.Concat(Enumerable.Repeat("  <<: *a\n", 60_000)) + "  <<: *b\n- {<<: [*b, *a]}\n";
        Assert.Equal("[{\"x\": 1, \"z\": 1}, {\"x\": 2}, {\"x\": 3, \"z\": 1}, {\"x\": 2, \"z\": 1}]", YamlReader.Read(text)!.ToValue().ToString());
    }

    [Theory]
    [InlineData("\n", "|2+\n\n")]
    [InlineData("\n\n", "|2+\n\n\n")]
    [InlineData("a\n\n", "|+\n  a\n\n")]
    [InlineData("a\u2028 b", "\"a\\L b\"\n")]
    public void String_of_line_ends_is_written_with_all_of_them(string text, string expected) => Assert.Equal(expected, YamlWriter.Write(RegoValue.Of(text)));

    [Fact]
    public void Any_string_survives_the_way_through_YAML()
    {
        var pieces = Gen.Elements(
            "a", " ", "\n", "\t", "'", "\"", "#", ":", "-", "[", "{", "?", "\\", "\u0007", "\u00e9", "\U0001F600", "%", "1", "e", "~", "---", "...\n", "\r", "\u0000", "\u007f", "\u0085", "\u00a0",
            "\u2028", "\u2029", "\ufeff", "\uffff", " *", "&", "!", "|", ">", "<<", "%YAML 1.1\n", ": ", "a long run of words that has to be folded when it stands behind others ");

        // Short strings stand at every edge of a style, so they come as often as long ones.
        var parts = Gen.OneOf(pieces.ArrayOf(1), pieces.ArrayOf(2), pieces.ArrayOf(3), pieces.ArrayOf(5), pieces.ArrayOf());
        Prop.ForAll(parts.ToArbitrary(), list => Survives(RegoValue.Of(string.Concat(list)))).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
    }

    private static bool Survives(RegoValue text) => new[]
    {
        text,
        RegoObject.Create([new(RegoValue.Of("k"), RegoArray.Create([text]))]),
        RegoObject.Create([new(text, RegoArray.Create([RegoObject.Create([new(text, text)]), text]))]),
    }.All(v => v.Equals(YamlReader.Read(YamlWriter.Write(v))?.ToValue()));
}
