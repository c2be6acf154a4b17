namespace Kfm.Pipeline.Tests.Tampering;

[Collection(SharedDemo.Name)]
public sealed class UntouchedBundleTests(DemoRun demo)
{
    [Fact]
    public void Demo_ends_as_it_must() => Assert.True(demo.ExitCode == 0, demo.Output);

    [Theory]
    [InlineData("allowed", "allow")]
    [InlineData("review", "allow")]
    [InlineData("denied", "deny")]
    public async Task Bundle_of_the_demo_is_verified(string name, string effective)
    {
        var result = await demo.VerifyAsync(demo.Bundle(name));
        Assert.Empty(result.Findings);
        Assert.Equal("verified", result.Result);
        Assert.Equal(effective, result.Effective);
    }

    [Fact]
    public async Task Copy_of_a_bundle_is_verified()
    {
        var result = await demo.VerifyAsync(demo.Copy("review"));
        Assert.Equal("verified", result.Result);
    }
}
