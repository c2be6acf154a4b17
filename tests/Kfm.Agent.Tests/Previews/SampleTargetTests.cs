using Kfm.Agent.Previews;
using Kfm.Provenance.Evidence;
using Kfm.Testing;

namespace Kfm.Agent.Tests.Previews;

public sealed class SampleTargetTests
{
    [Theory]
    [InlineData(IsolationKind.Bubblewrap)]
    [InlineData(IsolationKind.Namespaces)]
    [InlineData(IsolationKind.None)]
    public async Task Land_parcels_builds_the_same_bytes_twice_and_passes_its_own_checks(IsolationKind strongest)
    {
        using var fixture = new PreviewFixture();
        await using (var workspace = await fixture.OpenAsync(RepositoryRoot.Combine("samples", "targets", "land-parcels"), strongest))
        {
            var build = await workspace.BuildAsync();
            var steps = await Task.WhenAll(workspace.TestAsync(), workspace.LintAsync());

            Assert.Equal(new CheckResult("build.succeeded", CheckStatus.Passed), build.Succeeded);
            Assert.Equal(new CheckResult("build.reproducible", CheckStatus.Passed), build.Reproducible);
            Assert.Equal(new CheckResult("build.locked", CheckStatus.Passed), build.Locked);
            Assert.Equal(["artifacts/bin/Parcels/release/Parcels.dll", "artifacts/package/release/Parcels.1.2.0.nupkg"], build.Manifest!.Entries.Select(entry => entry.Path));
            Assert.Equal(new CheckResult("tests", CheckStatus.Passed), steps[0].Check);
            Assert.Single(steps[0].ResultFiles);
            Assert.Equal(new CheckResult("lint", CheckStatus.Passed), steps[1].Check);
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(fixture.Scratch));
    }
}
