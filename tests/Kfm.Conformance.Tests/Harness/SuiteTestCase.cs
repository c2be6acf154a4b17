using Xunit.Abstractions;
using Xunit.Sdk;

namespace Kfm.Conformance.Tests;

/// <summary>Skips a suite whose folder is missing, and publishes that it was skipped.</summary>
public sealed class SuiteTestCase : XunitTestCase
{
    /// <summary>For the runner, which restores a test case from its serialized form.</summary>
    [Obsolete("Only the runner calls this.")]
    public SuiteTestCase()
    {
    }

    public SuiteTestCase(IMessageSink diagnostics, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(diagnostics, display, options, method)
    {
    }

    public override Task<RunSummary> RunAsync(
        IMessageSink diagnosticMessageSink,
        IMessageBus messageBus,
        object[] constructorArguments,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancellationTokenSource)
    {
        if (SkipReason is not null)
        {
            SuiteReport.Skipped(Suite()).Publish();
        }

        return base.RunAsync(diagnosticMessageSink, messageBus, constructorArguments, aggregator, cancellationTokenSource);
    }

    protected override string? GetSkipReason(IAttributeInfo factAttribute) => ConformanceRoot.Missing(Suite());

    private string Suite()
    {
        var traits = TestMethod.TestClass.Class.GetCustomAttributes(typeof(TraitAttribute)).Select(t => t.GetConstructorArguments().Cast<string>().ToArray());
        return traits.Where(t => t[0] == "Suite").Select(t => t[1]).Single();
    }
}
