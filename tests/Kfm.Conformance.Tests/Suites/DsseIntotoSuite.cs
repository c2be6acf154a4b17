namespace Kfm.Conformance.Tests.Suites;

/// <summary>DSSE envelopes, in-toto statements and descriptors, the examples of their specifications.</summary>
[Trait("Suite", "dsse-intoto")]
public sealed class DsseIntotoSuite() : ConformanceSuite("dsse-intoto")
{
    protected override IEnumerable<SuiteCase> Cases(string folder) => [.. DsseCases.Read(folder), .. StatementCases.Read(folder), .. InTotoExampleCases.Read(folder)];
}
