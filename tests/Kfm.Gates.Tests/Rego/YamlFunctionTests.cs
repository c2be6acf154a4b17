using FsCheck;
using FsCheck.Fluent;
using Kfm.Gates.Rego;

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

    [Fact]
    public void Any_string_survives_the_way_through_YAML()
    {
        var policy = RegoEngine.Compile([new RegoModule("t.rego", "package t\np if yaml.unmarshal(yaml.marshal({\"k\": [input]})) == {\"k\": [input]}")]);
        var query = policy.Prepare("data.t.p");
        var pieces = Gen.Elements("a", " ", "\n", "\t", "'", "\"", "#", ":", "-", "[", "{", "?", "\\", "\u0007", "\u00e9", "\U0001F600", "%", "1", "e", "~", "a long run of words that has to be folded when it stands behind others ").ArrayOf();
        Prop.ForAll(pieces.ToArbitrary(), parts => query.Evaluate(RegoValue.Of(string.Concat(parts))).Value is RegoBoolean { Value: true }).QuickCheckThrowOnFailure();
    }
}
