using FsCheck;
using FsCheck.Fluent;
using Kfm.Gates.Rego;

namespace Kfm.Gates.Tests.Rego;

public sealed class TemplateTests
{
    [Theory]
    [InlineData("{{.a}} {{.b.c}}", "{\"a\": 1, \"b\": {\"c\": \"x\"}}", "1 x")]
    [InlineData("{{.a}} {{.b}} {{.b.c}}", "{}", "<undefined> <undefined> <undefined>")]
    [InlineData("{{range $i, $x := .xs}}{{if $i}},{{end}}{{$x}}{{else}}none{{end}}", "{\"xs\": [\"a\", \"b\"]}", "a,b")]
    [InlineData("{{range .xs}}{{.}}{{else}}none{{end}}", "{\"xs\": []}", "none")]
    [InlineData("{{range $k, $v := .m}}{{$k}}={{$v}};{{end}}", "{\"m\": {\"b\": 2, \"a\": 1}}", "a=1;b=2;")]
    [InlineData("{{range 3}}{{.}}{{end}}", "{}", "012")]
    [InlineData("{{range .xs}}{{if eq . \"b\"}}{{continue}}{{end}}{{if eq . \"d\"}}{{break}}{{end}}{{.}}{{end}}", "{\"xs\": [\"a\", \"b\", \"c\", \"d\", \"e\"]}", "ac")]
    [InlineData("{{if .a}}A{{else if .b}}B{{else}}C{{end}}", "{\"b\": true}", "B")]
    [InlineData("{{with .a}}{{.}}{{else with .b}}{{.x}}{{else}}no{{end}}", "{\"b\": {\"x\": 1}}", "1")]
    [InlineData("a  {{- .x -}}  b {{- /* c */ -}} c", "{\"x\": \"-\"}", "a-bc")]
    [InlineData("{{define \"t\"}}<{{.}}{{$}}>{{end}}{{template \"t\" .x}}{{template \"t\"}}", "{\"x\": \"v\"}", "<vv><<undefined><undefined>>")]
    [InlineData("{{block \"b\" .x}}[{{.}}]{{end}}", "{\"x\": 1}", "[1]")]
    [InlineData("{{$x := 1}}{{if true}}{{$x = 2}}{{$y := 3}}{{$y}}{{end}}{{$x}}", "{}", "32")]
    [InlineData("{{.x | printf \"%q-%d-%t\" \"a\" 7}}", "{\"x\": true}", "\"a\"-7-true")]
    [InlineData("{{len .x}} {{index .x 1}} {{index .m \"k\"}} {{slice .s 1 3}}", "{\"x\": [1, 2], \"m\": {\"k\": 3}, \"s\": \"abcd\"}", "2 2 3 bc")]
    [InlineData("{{and 1 0 (index .x 9)}} {{or 0 \"a\"}} {{not .x}}", "{}", "0 a true")]
    [InlineData("{{eq 1 2 1}} {{lt \"a\" \"b\"}} {{ge 2 2}} {{ne .a .b}}", "{}", "true true true false")]
    [InlineData("{{html \"<a>\"}} {{js \"'<\"}} {{urlquery \"a b&\"}} {{print 1 2 \"x\"}}{{println 1 \"y\"}}", "{}", "&lt;a&gt; \\'\\u003C a+b%26 1 2x1 y\n")]
    [InlineData("{{.}} {{.xs}}", "{\"xs\": [1, null, \"a\"], \"b\": true}", "map[b:true xs:[1 <nil> a]] [1 <nil> a]")]
    [InlineData("{{(index .xs 0).k}} {{.n.Int64}} {{printf \"%.1f\" .n.Float64}}", "{\"xs\": [{\"k\": \"v\"}], \"n\": 5}", "v 5 5.0")]
    [InlineData("{{0x1F}} {{1e2}} {{'a'}} {{`r\"`}} {{\"\\u00e9\"}} {{-3}}", "{}", "31 100 97 r\" \u00e9 -3")]
    [InlineData("{{if .n}}set{{end}}", "{\"n\": 0}", "set")]
    public void Template_renders_as_Go_does(string template, string data, string expected) => Assert.Equal(expected, Render(template, data));

    [Theory]
    [InlineData("{{.a.b}}", "{\"a\": 1}", "template: template:1:2: executing \"template\" at <.a.b>: can't evaluate field b")]
    [InlineData("{{.a.b}}", "{\"a\": null}", "nil pointer evaluating interface {}.b")]
    [InlineData("{{eq .n 1}}", "{\"n\": 1}", "error calling eq: incompatible types for comparison")]
    [InlineData("{{index .x 3}}", "{\"x\": [1]}", "error calling index: index out of range: 3")]
    [InlineData("{{range .x}}{{end}}", "{\"x\": true}", "range can't iterate over true")]
    [InlineData("\n{{template \"t\"}}", "{}", "template: template:2:2: executing \"template\" at <{{template \"t\"}}>: template \"t\" not defined")]
    [InlineData("{{define \"t\"}}{{template \"t\"}}{{end}}{{template \"t\"}}", "{}", "exceeded maximum template depth")]
    [InlineData("{{printf}}", "{}", "wrong number of args for printf: want at least 1 got 0")]
    [InlineData("{{len 3}}", "{}", "error calling len: len of type int")]
    [InlineData("{{unknown}}", "{}", "template: template:1: function \"unknown\" not defined")]
    [InlineData("{{$x}}", "{}", "undefined variable \"$x\"")]
    [InlineData("{{if .x}}", "{}", "unexpected EOF")]
    [InlineData("{{end}}", "{}", "unexpected {{end}}")]
    [InlineData("{{.x", "{}", "unclosed action")]
    [InlineData("{{(1}}", "{}", "unclosed left paren")]
    [InlineData("{{\"a}}", "{}", "unterminated quoted string")]
    [InlineData("{{/* a", "{}", "unclosed comment")]
    [InlineData("{{break}}", "{}", "outside {{range}}")]
    [InlineData("{{\"\\q\"}}", "{}", "invalid syntax")]
    [InlineData("{{1 | 2}}", "{}", "non executable command in pipeline stage 2")]
    [InlineData("{{nil}}", "{}", "nil is not a command")]
    [InlineData("{{}}", "{}", "missing value for command")]
    [InlineData("{{.}}", "{\"a\": {1}}", "must be JSON")]
    public void Bad_template_is_a_builtin_error(string template, string data, string expected) =>
        Assert.Contains(expected, Fail(template, data).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{{if 1}}", 5_000)]
    [InlineData("{{(", 1)]
    [InlineData("{{with 1}}{{range .}}", 2_000)]
    [InlineData("{{define \"a\"}}", 3)]
    [InlineData("{{- - -}}", 3)]
    [InlineData("{{ \u0000 }}", 1)]
    [InlineData("{{\ud800}}", 1)]
    public void Hostile_template_is_a_builtin_error(string part, int times) =>
        Assert.Equal("eval_builtin_error", Fail(string.Concat(Enumerable.Repeat(part, times)), "{}").Code);

    [Fact]
    public void Nested_parentheses_are_bounded() => Assert.Equal("eval_builtin_error", Fail("{{" + new string('(', 50_000), "{}").Code);

    [Fact]
    public void Endless_range_ends_at_the_limit_of_steps() => Assert.Equal("eval_limit_error", Fail("{{range 9000000000000}}{{end}}", "{}").Code);

    [Fact]
    public void Any_text_is_a_template_or_a_builtin_error()
    {
        var pieces = Gen.Elements("{{", "}}", ".", "$", "$x", " ", ":=", "|", "(", ")", "if", "end", "range", "define", "\"a\"", "1", "x", "-", "/*", "*/", "\n", ",", "'").ArrayOf();
        Prop.ForAll(pieces.ToArbitrary(), static parts =>
        {
            try
            {
                Render("{{" + string.Concat(parts), "{}");
            }
            catch (RegoEvaluationException)
            {
                // What the policy is told; any other exception fails the law.
            }

            return true;
        }).QuickCheckThrowOnFailure();
    }

    private static string? Render(string template, string data)
    {
        var policy = RegoEngine.Compile([new RegoModule("t.rego", $"package t\np := strings.render_template(input, {data})")]);
        var result = policy.Prepare("data.t.p").Evaluate(RegoValue.Of(template), new EvaluateOptions { StrictBuiltinErrors = true });
        return (result.Value as RegoString)?.Text;
    }

    private static RegoEvaluationException Fail(string template, string data) =>
        Assert.Throws<RegoEvaluationException>(() => Render(template, data));
}
