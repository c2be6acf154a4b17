namespace Kfm.Pipeline.Tests.Tampering;

[Collection(SharedDemo.Name)]
public sealed class UntouchedBundleTests(DemoRun demo)
{
    [Fact]
    public void Demo_ends_as_it_must() => Assert.True(demo.ExitCode == 0, demo.Output);

    [Theory]
    [InlineData("allowed", "allow", 0)]
    [InlineData("review", "allow", 0)]
    [InlineData("denied", "deny", 2)]
    public async Task Bundle_of_the_demo_is_verified(string name, string effective, int code)
    {
        var result = await demo.VerifyAsync(demo.Bundle(name));
        Assert.Empty(result.Findings);
        Assert.Equal("verified", result.Result);
        Assert.Equal(effective, result.Effective);
        Assert.Equal(code, result.ExitCode);
        Assert.Empty(result.Json!["missing"]!.AsArray());
    }

    [Fact]
    public async Task Copy_of_a_bundle_is_verified()
    {
        var result = await demo.VerifyAsync(demo.Copy("review"));
        Assert.Equal("verified", result.Result);
    }
}
