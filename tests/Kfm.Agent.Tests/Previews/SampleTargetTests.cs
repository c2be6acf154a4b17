using System.Text;
using Kfm.Agent.Configuration;
using Kfm.Agent.Previews;
using Kfm.Gates.Contracts;
using Kfm.Provenance.Evidence;
using Kfm.Testing;

namespace Kfm.Agent.Tests.Previews;

public sealed class SampleTargetTests : IDisposable
{
    private const string Library = "artifacts/bin/Parcels/release/Parcels.dll";
    private const string Package = "artifacts/package/release/Parcels.1.2.0.nupkg";
    private readonly PreviewFixture _fixture = new();

    private static string LandParcels => RepositoryRoot.Combine("samples", "targets", "land-parcels");

    [Theory]
    [InlineData(IsolationKind.Bubblewrap)]
    [InlineData(IsolationKind.Namespaces)]
    public async Task Land_parcels_builds_the_same_bytes_twice_and_passes_its_own_checks(IsolationKind strongest)
    {
        await using (var workspace = await _fixture.OpenAsync(LandParcels, strongest))
        {
            var build = await workspace.BuildAsync();
            var steps = await Task.WhenAll(workspace.TestAsync(), workspace.LintAsync());

            Assert.Equal(new CheckResult("build.succeeded", CheckStatus.Passed), build.Succeeded);
            Assert.Equal(new CheckResult("build.reproducible", CheckStatus.Passed), build.Reproducible);
            Assert.Equal(new CheckResult("build.locked", CheckStatus.Passed), build.Locked);
            Assert.Equal([Library, Package], build.Manifest!.Entries.Select(entry => entry.Path));
            Assert.Equal(new CheckResult("tests", CheckStatus.Passed), steps[0].Check);
            Assert.Equal((14, 14), (steps[0].Report!.Passed, steps[0].Report!.Total));
            Assert.Equal(new CheckResult("lint", CheckStatus.Passed), steps[1].Check);
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_fixture.Scratch));
    }

    [Fact]
    public async Task A_time_in_an_assembly_is_found_with_the_entry_of_the_package()
    {
        const string Seeded = "<PropertyGroup><Product>$([System.DateTime]::UtcNow.Ticks)</Product></PropertyGroup></Project>";
        await using var workspace = await OpenAsync("Directory.Build.props", text => text.Replace("</Project>", Seeded, StringComparison.Ordinal));

        var build = await workspace.BuildAsync();

        Assert.Equal((CheckStatus.Passed, CheckStatus.Failed), (build.Succeeded.Status, build.Reproducible.Status));
        Assert.Equal([Library, Package], build.Differences.Select(difference => difference.Path));
        Assert.Contains("entry lib/net10.0/Parcels.dll: content", build.Differences[1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_that_does_not_compile_and_code_that_is_not_formatted_are_told_by_file()
    {
        await using var workspace = await OpenAsync("src/Parcels/Acreage.cs", text => text.Replace("other.Acres)", "other.Acre )", StringComparison.Ordinal));

        var build = await workspace.BuildAsync();
        var lint = await workspace.LintAsync();

        Assert.Equal(CheckStatus.Failed, build.Succeeded.Status);
        Assert.StartsWith("build: exit code 1: src/Parcels/Acreage.cs(", build.Succeeded.Detail, StringComparison.Ordinal);
        Assert.Contains("error CS1061", build.Succeeded.Detail, StringComparison.Ordinal);
        Assert.Equal(CheckStatus.Failed, lint.Check.Status);
        Assert.Contains("src/Parcels/Acreage.cs(", lint.Check.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Field_notes_need_no_dotnet()
    {
        await using var workspace = await _fixture.OpenAsync(RepositoryRoot.Combine("samples", "targets", "field-notes"));

        var build = await workspace.BuildAsync();

        Assert.Equal(new CheckResult("build.reproducible", CheckStatus.Passed), build.Reproducible);
        Assert.Equal(["field-notes.tar"], build.Manifest!.Entries.Select(entry => entry.Path));
        Assert.Equal(CheckStatus.Skipped, (await workspace.TestAsync()).Check.Status);
    }

    [Theory]
    [InlineData("land-parcels")]
    [InlineData("field-notes")]
    public void The_data_of_the_samples_keep_their_contracts_and_have_labels(string target)
    {
        var root = RepositoryRoot.Combine("samples", "targets", target);
        var settings = KfmSettings.Parse(File.ReadAllBytes(Path.Combine(root, KfmSettings.FileName)));
        var contract = Assert.Single(settings.Contracts);
        var data = Assert.Single(settings.Data);

        var result = DataContract.Compile(File.ReadAllBytes(Path.Combine(root, contract.Schema))).Check(contract.Data, File.ReadAllBytes(Path.Combine(root, contract.Data)));

        Assert.Empty(result.Breaches);
        Assert.Equal(4, DataLabels.Read(File.ReadAllBytes(Path.Combine(root, data.Labels!))).All.Select(label => label.Key).Distinct(StringComparer.Ordinal).Count());
    }

    public void Dispose() => _fixture.Dispose();

    /// <summary>A workspace of land-parcels in which one file is changed, as a proposal would.</summary>
    private async Task<PreviewWorkspace> OpenAsync(string path, Func<string, string> change)
    {
        var settings = KfmSettings.Parse(await File.ReadAllBytesAsync(Path.Combine(LandParcels, KfmSettings.FileName)));
        var options = _fixture.Options(settings, LandParcels);
        var sandbox = await Sandbox.ProbeAsync(_fixture.Runner, _fixture.Scratch);
        return await PreviewWorkspace.CreateAsync(sandbox, options with
        {
            Checkout = async (directory, token) =>
            {
                await options.Checkout(directory, token);
                var file = Path.Combine(directory, path);
                var changed = change(await File.ReadAllTextAsync(file, token));
                await File.WriteAllTextAsync(file, changed, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), token);
            },
        });
    }
}
