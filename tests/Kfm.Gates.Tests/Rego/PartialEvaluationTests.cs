using Kfm.Gates.Rego;

namespace Kfm.Gates.Tests.Rego;

public sealed class PartialEvaluationTests
{
    private const string Roles = """
        package t

        import rego.v1

        default allow := false

        allow if {
            some role in data.roles[input.user]
            role == "admin"
        }

        allow if {
            input.resource.owner == input.user
            input.action in {"read", "write"}
        }

        allow if {
            some group in input.resource.groups
            group.name in data.groups[input.user]
            not group.closed
        }

        deny contains "size" if input.resource.size > data.max

        deny contains "label" if {
            every label in input.resource.labels { label != "secret" }
            input.action == "publish"
        }

        clean if count(deny) == 0

        small(x) if x < 10

        tiny if small(input.resource.size)

        limit := 5 if input.resource.free
        else := 10

        below if input.resource.size < limit
        """;

    private const string Data = """{"roles": {"ann": ["admin"], "joe": ["dev"]}, "groups": {"ann": ["a"], "joe": ["g", "h"]}, "max": 100}""";

    [Theory]
    [InlineData("data.t.allow", """{"user": "ann", "action": "read"}""", "true")]
    [InlineData("data.t.allow", """{"user": "eve", "action": "drop"}""", "")]
    [InlineData("data.t.allow", """{"user": "eve", "action": "read"}""", "input.resource.owner == \"eve\"")]
    [InlineData("data.t.allow", """{"user": "joe", "action": "drop"}""", "some unknown_1, unknown_2 in input.resource.groups; unknown_2.name in [\"g\", \"h\"]; not unknown_2.closed")]
    [InlineData("data.t.clean", """{"action": "read"}""", "not input.resource.size > 100")]
    [InlineData("data.t.tiny", "{}", "input.resource.size < 10")]
    [InlineData("input.resource.a == 1; input.user == \"joe\"", """{"user": "joe"}""", "input.resource.a == 1")]
    [InlineData("data.t.below", "{}", "input.resource.size < data.t.limit")]
    public void Known_parts_are_gone_from_the_residual(string query, string input, string residual)
    {
        var result = Compile(Roles).PartialEvaluate(query, RegoRun.Json(input), Unknown("input.resource"));
        Assert.Equal(residual, string.Join(" | ", result.Queries));
    }

    [Theory]
    [InlineData("""{"size": 101, "labels": []}""", false)]
    [InlineData("""{"size": 99, "labels": ["x"]}""", false)]
    [InlineData("""{"size": 99, "labels": ["secret"]}""", true)]
    [InlineData("""{}""", true)]
    [InlineData("""{"labels": 7}""", true)]
    public void Negated_rules_and_every_hold_for_the_same_unknowns(string resource, bool clean)
    {
        var result = Compile(Roles).PartialEvaluate("data.t.clean", RegoRun.Json("""{"action": "publish"}"""), Unknown("input.resource"));
        Assert.Equal(clean, result.Holds(RegoRun.Json($$"""{"resource": {{resource}}}"""), Options));
    }

    [Fact]
    public void An_unknown_outside_of_the_input_is_refused() =>
        Assert.Throws<ArgumentException>(() => Compile(Roles).PartialEvaluate("data.t.allow", null, Unknown("data.roles")));

    [Fact]
    public void Too_many_alternatives_are_a_limit_error()
    {
        var rules = "package t\nimport rego.v1\np if { " + string.Join("; ", Enumerable.Range(0, 20).Select(i => $"q{i}")) + " }\n"
            + string.Concat(Enumerable.Range(0, 20).Select(i => $"q{i} if input.a == {i}\nq{i} if input.b == {i}\n"));
        var error = Assert.Throws<RegoEvaluationException>(() => Compile(rules).PartialEvaluate("data.t.p"));
        Assert.Equal("eval_limit_error", error.Code);
    }

    [Fact]
    public void The_residual_with_the_rest_of_the_input_is_the_full_evaluation()
    {
        var random = new Random(42);
        string[] places = ["xs", "ys", "n", "s", "o"];
        for (var i = 0; i < 500; i++)
        {
            var generator = new RandomPolicy(random);
            var source = generator.Source();
            var policy = Compile(source);
            var input = (RegoObject)RegoRun.Json(generator.Input());
            var unknown = places[random.Next(places.Length)];
            var known = RegoObject.Create(input.Members.Where(m => m.Key.ToString() != $"\"{unknown}\""));
            foreach (var rule in source.Split('\n').Where(l => l.StartsWith('p') && l[1] != 'a').Select(l => l[..2]).Distinct(StringComparer.Ordinal))
            {
                Check(policy, $"data.t.{rule}", known, input, "input." + unknown, source);
            }
        }
    }

    private static EvaluateOptions Options => new() { Data = (RegoObject)RegoRun.Json(Data) };

    private static void Check(CompiledPolicy policy, string query, RegoObject known, RegoObject input, string unknown, string source)
    {
        var result = policy.PartialEvaluate(query, known, new PartialOptions { Unknowns = [unknown] });
        var rest = RegoObject.Create(input.Members.Where(m => m.Key.ToString() == $"\"{unknown["input.".Length..]}\""));
        try
        {
            var full = policy.Prepare(query).Evaluate(input).Value is { } value && value.ToString() != "false";
            Assert.True(full == result.Holds(rest), $"{source}\n{query} {unknown}\n{input}\n{string.Join("\n", result.Queries)}\nfull: {full}");
        }
        catch (RegoEvaluationException e)
        {
            // Rules that conflict may do so in the one and not in the other.
            Assert.Equal("eval_conflict_error", e.Code);
        }
    }

    private static CompiledPolicy Compile(string source) => RegoEngine.Compile([new RegoModule("t.rego", source)]);

    private static PartialOptions Unknown(string place) => new() { Unknowns = [place], Evaluate = Options };
}
