namespace Kfm.Conformance.Tests.Suites;

/// <summary>Transparency logs: proofs, notes, checkpoints, tile layout, whole logs.</summary>
[Trait("Suite", "tlog")]
public sealed class TlogSuite() : ConformanceSuite("tlog")
{
    protected override IEnumerable<SuiteCase> Cases(string folder) =>
        [.. TlogProofCases.Read(folder), .. TlogNoteCases.Read(folder), .. TlogLayoutCases.Read(folder), .. TlogLogCases.Read(folder), .. TlogWitnessCases.Read(folder)];
}
