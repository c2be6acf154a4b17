namespace Kfm.Conformance.Tests.Suites;

/// <summary>Sigstore bundles, two real ones from npm, and static TUF repositories.</summary>
[Trait("Suite", "sigstore")]
public sealed class SigstoreSuite() : ConformanceSuite("sigstore")
{
    protected override IEnumerable<SuiteCase> Cases(string folder) => [.. SigstoreBundleCases.Read(folder), .. NpmBundleCases.Read(folder), .. TufStaticCases.Read(folder)];
}
