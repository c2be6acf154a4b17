using System.Globalization;
using System.Text;

namespace Kfm.Gates.Tests.Rego;

/// <summary>Makes small policies with joins, comprehensions, negation, functions and with, and inputs for them.</summary>
internal sealed class RandomPolicy(Random random)
{
    private readonly List<string> _rules = [];

    internal string Source()
    {
        var text = new StringBuilder("package t\n\nimport rego.v1\n\n");
        for (var i = random.Next(3, 9); i > 0; i--)
        {
            text.Append(Rule(string.Create(CultureInfo.InvariantCulture, $"p{_rules.Count}"))).Append('\n');
        }

        return text.ToString();
    }

    internal string Input() => $$"""{"xs": {{Records()}}, "ys": {{Records()}}, "n": {{Number()}}, "s": "{{Letter()}}", "o": {{Keyed()}}}""";

    private string Rule(string name)
    {
        var rule = random.Next(8) switch
        {
            0 => $"{name} := {Value("input.n")} if {{ {Body()} }}",
            1 => $"{name} contains x.k if {{ some x in {Source("xs")}; {Tests("x")} }}",
            2 => $"{name}[x.v] contains x.k if {{ some x in {Source("ys")}; {Tests("x")} }}",
            3 => $"{name} contains [x.k, y.v] if {{ some x in input.xs; some y in {Source("ys")}; {Join("x", "y")} }}",
            4 => $"{name} := [y.k | some x in input.xs; some y in input.ys; {Join("x", "y")}]",
            5 => $"{name} := {{x.k: c | some x in input.xs; c := count([y | some y in {Source("ys")}; {Join("x", "y")}])}}",
            6 => $"default {name} := false\n{name} if {{ {Body()} }}\n{name} if {{ not {Earlier()}; {Body()} }}",
            _ => string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(i => $"{name} := {i} if {{ input.n == {i}; {Body()} }}\n")),
        };
        _rules.Add(name);
        return rule;
    }

    private string Body() => random.Next(5) switch
    {
        0 => $"some x in {Source("xs")}; {Tests("x")}",
        1 => $"every x in {Source("ys")} {{ x.k < {Number()} }}",
        2 => $"input.s in {{\"{Letter()}\", \"{Letter()}\"}}",
        3 => $"count({{x.v | some x in input.xs; {Tests("x")}}}) > {Number()}",
        _ => $"{Earlier()} with input.n as {Number()}",
    };

    private string Tests(string x) => random.Next(4) switch
    {
        0 => $"{x}.k == {Number()}",
        1 => $"{x}.v != input.s",
        2 => $"{x}.k > input.n",
        _ => $"{x}.v == \"{Letter()}\"; {x}.k < {Number()}",
    };

    private string Join(string x, string y) => random.Next(3) switch
    {
        0 => $"{x}.k == {y}.k",
        1 => $"{y}.v == {x}.v; {x}.k < {y}.k",
        _ => $"{x}.k > {Number()}; {y}.k == {x}.k",
    };

    private string Source(string name) => random.Next(4) == 0 ? "input.o" : "input." + name;

    private string Value(string other) => random.Next(2) == 0 ? Number() : other;

    private string Earlier() => _rules.Count == 0 ? "input.missing" : _rules[random.Next(_rules.Count)];

    private string Records() => "[" + string.Join(", ", Enumerable.Range(0, random.Next(0, 24)).Select(_ => Record())) + "]";

    private string Keyed() => "{" + string.Join(", ", Enumerable.Range(0, random.Next(0, 16)).Select(i => $"\"{i}\": {Record()}")) + "}";

    private string Record() => random.Next(12) == 0 ? "{}" : $$"""{"k": {{Number()}}, "v": "{{Letter()}}"}""";

    private string Number() => random.Next(0, 6).ToString(CultureInfo.InvariantCulture);

    private string Letter() => ((char)('a' + random.Next(4))).ToString();
}
