using Kfm.Gates.Policies;
using Kfm.Gates.Rego;

namespace Kfm.Gates.Tests.Policies;

public class ShippedPoliciesTests
{
    private static readonly CompiledPolicy Policy = RegoEngine.Compile([.. ShippedPolicies.Modules, .. ShippedPolicies.TestModules], new RegoOptions { Strict = true });

    public static TheoryData<string> Tests => [.. ShippedPolicies.TestModules.SelectMany(TestsOf)];

    private static IEnumerable<string> TestsOf(RegoModule module)
    {
        var lines = module.Source.Split('\n');
        var package = lines.First(line => line.StartsWith("package ", StringComparison.Ordinal))["package ".Length..];
        return lines.Where(line => line.StartsWith("test_", StringComparison.Ordinal)).Select(line => $"data.{package}.{line.Split(' ')[0]}");
    }

    [Theory]
    [MemberData(nameof(Tests))]
    public void Policy_test_passes(string test)
    {
        var result = Policy.Prepare(test).Evaluate(null);
        Assert.True(result.IsDefined && result.Value!.Equals(RegoValue.True), test);
    }

    [Fact]
    public void Tests_reach_every_line_of_the_policies()
    {
        var policy = RegoEngine.Compile([.. ShippedPolicies.Modules, .. ShippedPolicies.TestModules], new RegoOptions { Strict = true, Coverage = true });
        var recorder = new CoverageRecorder();
        var results = PolicyTestRunner.Run(policy, new EvaluateOptions { Coverage = recorder });
        Assert.All(results, result => Assert.Equal(PolicyTestOutcome.Pass, result.Outcome));
        var files = CoverageReport.Create(policy, recorder).Files;
        Assert.All(ShippedPolicies.Modules, module => Assert.True(files[module.Path].NotCovered.Count == 0, $"{module.Path}: {string.Join(", ", files[module.Path].NotCovered)}"));
        Assert.All(ShippedPolicies.Modules, module => Assert.True(files[module.Path].CoveredLines > 0, module.Path));
    }

    [Fact]
    public void Every_policy_has_a_test_beside_it() => Assert.All(
        ShippedPolicies.Modules.Where(module => module.Path != Kfm.Gates.Packs.PolicyPacks.ModulePath),
        module => Assert.Contains(ShippedPolicies.TestModules, test => test.Path == module.Path.Replace(".rego", "_test.rego", StringComparison.Ordinal)));

    [Fact]
    public void Modules_have_no_tests_and_compile_alone()
    {
        Assert.DoesNotContain(ShippedPolicies.Modules, module => module.Path.EndsWith("_test.rego", StringComparison.Ordinal));
        Assert.False(RegoEngine.Compile(ShippedPolicies.Modules).Prepare(ShippedPolicies.Query).Evaluate(null).Value is null);
    }

    [Theory]
    [InlineData("security.rego")]
    [InlineData("autonomy.rego")]
    [InlineData("ethics.rego")]
    [InlineData("licensing.rego")]
    [InlineData("lineage.rego")]
    [InlineData("packs.rego")]
    [InlineData("performance.rego")]
    [InlineData("quality.rego")]
    public void Gate_without_a_pack_never_allows(string missing)
    {
        var policy = RegoEngine.Compile(ShippedPolicies.Modules.Where(module => module.Path != missing).Concat(ShippedPolicies.TestModules.Where(m => m.Path == "fixture_test.rego")));
        var input = policy.Prepare("data.kfm.fixture.allowed").Evaluate(null).Value;
        var allow = policy.Prepare("data.kfm.allow").Evaluate(input).Value;
        Assert.True(allow is null || allow.Equals(RegoValue.False));
    }
}
