namespace Kfm.Conformance.Tests;

/// <summary>
/// A suite under the conformance root: derive, give the folder's name, put <c>[Trait("Suite", "folder")]</c> on the class, and
/// yield the cases. A suite whose folder is missing is skipped.
/// </summary>
public abstract class ConformanceSuite(string name)
{
    [SuiteFact]
    public void Every_case_passes_or_is_a_known_failure()
    {
        var report = SuiteReport.Run(name, Cases(ConformanceRoot.Folder(name)));
        report.Publish();
        Assert.True(report.Total > 0, $"The suite '{name}' is there but yields no case.");
        var wrong = KnownFailures.Read(name).Compare(report);
        Assert.True(wrong is null, wrong);
    }

    /// <summary>The cases of the suite, from its manifest or index; never a fixed number or name.</summary>
    /// <param name="folder">The absolute path of the suite's folder.</param>
    protected abstract IEnumerable<SuiteCase> Cases(string folder);
}
