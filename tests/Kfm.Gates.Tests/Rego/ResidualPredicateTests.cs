using System.Globalization;
using Kfm.Gates.Rego;

namespace Kfm.Gates.Tests.Rego;

public sealed class ResidualPredicateTests
{
    private const string Policy = """
        package t

        import rego.v1

        allow if input.item.owner == input.user

        allow if {
            input.item.size < 10
            not input.item.secret
        }

        allow if {
            some part in input.item.parts
            part.price_cents > 5
            part.name in {"a", "b"}
        }

        deny contains 1 if input.item.size > 15

        deny contains 2 if { some part in input.item.parts; part.name == "c" }

        clean if count(deny) == 0

        prefix if startswith(input.item.owner, "j")

        all_cheap if every part in input.item.parts { part.price_cents < 8 }

        tagged if input.user in input.item.tags

        hidden if upper(input.item.owner) == "JOE"

        ordered if input.item.owner < "k"
        """;

    [Theory]
    [InlineData("data.t.allow")]
    [InlineData("data.t.clean")]
    [InlineData("data.t.prefix")]
    [InlineData("data.t.tagged")]
    [InlineData("data.t.allow; data.t.clean")]
    [InlineData("not data.t.allow")]
    [InlineData("input.item.size != 7; input.item.owner == input.item.note")]
    public void A_predicate_holds_for_the_items_for_which_the_policy_does(string query)
    {
        var policy = RegoEngine.Compile([new RegoModule("t.rego", Policy)]);
        var residual = policy.PartialEvaluate(query, RegoRun.Json("""{"user": "joe"}"""), new PartialOptions { Unknowns = ["input.item"] });
        var predicate = ResidualPredicate.Create<Item>(residual, "input.item").Compile();
        var random = new Random(7);
        var prepared = policy.Prepare(query);
        for (var i = 0; i < 500; i++)
        {
            var item = Item.Make(random);
            var input = RegoRun.Json($$"""{"user": "joe", "item": {{item.ToJson()}}}""");
            var full = prepared.Evaluate(input).Rows.Any(r => r.Expressions.All(e => e.Value.ToString() != "false"));
            Assert.True(full == predicate(item), $"{query}: {item.ToJson()} {full}\n{string.Join("\n", residual.Queries)}");
        }
    }

    [Theory]
    [InlineData("data.t.hidden")]
    [InlineData("data.t.ordered")]
    [InlineData("data.t.all_cheap")]
    [InlineData("input.item.missing == 1")]
    [InlineData("input.item.size == null")]
    public void What_does_not_map_is_refused(string query)
    {
        var policy = RegoEngine.Compile([new RegoModule("t.rego", Policy)]);
        var residual = policy.PartialEvaluate(query, RegoRun.Json("""{"user": "joe"}"""), new PartialOptions { Unknowns = ["input.item"] });
        Assert.Throws<ResidualMappingException>(() => ResidualPredicate.Create<Item>(residual, "input.item"));
    }

    private sealed record Part(string? Name, int? PriceCents);

    private sealed record Item(string? Owner, string? Note, long Size, bool? Secret, IReadOnlyList<Part>? Parts, string[]? Tags)
    {
        internal static Item Make(Random random) => new(
            Name(random), Name(random), random.Next(20), random.Next(3) switch { 0 => true, 1 => false, _ => null },
            random.Next(5) == 0 ? null : [.. Enumerable.Range(0, random.Next(4)).Select(_ => new Part(Name(random), random.Next(5) == 0 ? null : random.Next(12)))],
            random.Next(5) == 0 ? null : [.. Enumerable.Range(0, random.Next(3)).Select(_ => Name(random) ?? "x")]);

        /// <summary>A property that is null is left out.</summary>
        internal string ToJson()
        {
            var members = new[]
            {
                Text("owner", Owner), Text("note", Note), $"\"size\": {Size}",
                Secret is null ? null : $"\"secret\": {(Secret.Value ? "true" : "false")}",
                Parts is null ? null : "\"parts\": [" + string.Join(", ", Parts.Select(ToJson)) + "]",
                Tags is null ? null : "\"tags\": [" + string.Join(", ", Tags.Select(t => $"\"{t}\"")) + "]",
            };
            return "{" + string.Join(", ", members.OfType<string>()) + "}";
        }

        private static string ToJson(Part part) => "{" + string.Join(", ", new[]
        {
            Text("name", part.Name), part.PriceCents is null ? null : string.Create(CultureInfo.InvariantCulture, $"\"price_cents\": {part.PriceCents}"),
        }.OfType<string>()) + "}";

        private static string? Text(string name, string? value) => value is null ? null : $"\"{name}\": \"{value}\"";

        private static string? Name(Random random) => random.Next(6) switch { 0 => null, 1 => "joe", 2 => "jim", 3 => "a", 4 => "b", _ => "c" };
    }
}
