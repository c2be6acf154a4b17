using System.Text.Json.Nodes;

namespace Kfm.Pipeline.Tests;

[Collection(SharedDemo.Name)]
public sealed class PolicyExplainTests(DemoRun demo)
{
    [Fact]
    public async Task Denied_run_names_the_rule_that_denied_and_where_it_stands()
    {
        using var host = new KfmHost();
        var result = await host.RunAsync("policy", "explain", demo.Bundle("denied"));

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Contains("deny: security: secrets", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"security\.rego:\d+", result.Output);
    }

    [Fact]
    public async Task All_bodies_are_told_with_the_expression_that_failed_on_request()
    {
        using var host = new KfmHost();
        var result = await host.RunAsync("policy", "explain", demo.Bundle("denied"), "--all", "--format", "json");

        var explanation = JsonNode.Parse(result.Output)!["explanation"]!.AsArray();
        Assert.Contains(explanation, b => b!.ToJsonString().Contains("\"fired\":true", StringComparison.Ordinal));
        Assert.Contains(explanation, b => b!.ToJsonString().Contains("\"fired\":false", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Directory_without_a_decision_is_an_error_in_one_line()
    {
        using var host = new KfmHost();
        var result = await host.RunAsync("policy", "explain", demo.NewDirectory());

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("holds no context.json", result.Error, StringComparison.Ordinal);
    }
}
