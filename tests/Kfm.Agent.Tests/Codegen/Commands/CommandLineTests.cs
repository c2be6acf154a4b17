using Kfm.Agent.Codegen.Commands;
using Kfm.Gates.Scanning;

namespace Kfm.Agent.Tests.Codegen.Commands;

public sealed class CommandLineTests
{
    private const string Token = "ghp_" + "7Hq2Zr8Kx0vN3tY5wLb1sDf6GjPc9MaQe4Ru";

    [Theory]
    [InlineData("--api-key|VALUE")]
    [InlineData("--api-key=VALUE")]
    [InlineData("--header|Authorization: " + Token)]
    [InlineData("-c|export X=known-value-of-the-host")]
    public void Secret_values_do_not_show_in_the_digest(string arguments)
    {
        var known = new KnownSecrets([new("X", "known-value-of-the-host")]);
        string[] first = ["tool", .. arguments.Split('|')];
        string[] other = [.. first.Select(a => a.Replace("VALUE", "OTHER", StringComparison.Ordinal).Replace(Token, Token[..^1] + "v", StringComparison.Ordinal))];
        string[] longer = [.. first, "more"];

        Assert.Equal(new CommandLine(first).ComputeDigest(known), new CommandLine(other).ComputeDigest(known));
        Assert.NotEqual(new CommandLine(first).ComputeDigest(known), new CommandLine(longer).ComputeDigest(known));
    }

    [Theory]
    [InlineData("/usr/bin/claude", "claude")]
    [InlineData("./agent.sh", "agent.sh")]
    [InlineData("/x/with space", "command")]
    [InlineData("/x/", "command")]
    public void Tool_is_the_plain_name_of_the_program(string program, string tool) => Assert.Equal(tool, new CommandLine([program]).Tool);
}
