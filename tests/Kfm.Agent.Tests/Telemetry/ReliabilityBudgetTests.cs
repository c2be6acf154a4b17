using Kfm.Agent.Telemetry;

namespace Kfm.Agent.Tests.Telemetry;

public sealed class ReliabilityBudgetTests
{
    [Theory]
    [InlineData(0.99, 0, 0, "within")]
    [InlineData(0.99, 100, 1, "within")]
    [InlineData(0.99, 100, 2, "exhausted")]
    [InlineData(0.9, 10, 1, "within")]
    [InlineData(0.9, 10, 2, "exhausted")]
    [InlineData(0.99, 10, 1, "exhausted")]
    [InlineData(0.999, 1000, 1, "within")]
    public void Budget_holds_what_the_objective_permits(double objective, int deployments, int failed, string state) =>
        Assert.Equal(state, new ReliabilityBudget(objective, 28, deployments, failed).State);
}
