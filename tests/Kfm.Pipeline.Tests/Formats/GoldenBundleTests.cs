using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Manifests;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests.Formats;

/// <summary>Bundles of every version stay verifiable for ever; tests/golden/README.md says how a version is added.</summary>
public sealed class GoldenBundleTests
{
    private const string SumsExtension = ".sha256";

    private static string Root => RepositoryRoot.Combine("tests", "golden");

    public static TheoryData<string> Versions =>
        [.. Directory.EnumerateDirectories(Root).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)];

    public static TheoryData<string, string, string> Bundles
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var version in Directory.EnumerateDirectories(Root).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal))
            {
                data.Add(version, "allowed", "allow");
                data.Add(version, "review", "allow");
                data.Add(version, "denied", "deny");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Bundles))]
    public async Task Bundle_is_verified_offline_with_its_verdict(string version, string name, string effective)
    {
        using var run = new DemoRun();
        var copy = run.NewDirectory();
        DirectoryTree.Copy(Path.Combine(Root, version, name), copy);
        var result = await run.VerifyAsync(copy, Path.Combine(Root, version, "trust.json"));
        Assert.Empty(result.Findings);
        Assert.Equal(("verified", effective), (result.Result, result.Effective));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Version_is_never_overwritten(string version)
    {
        var sums = Sha256Sums.Parse(File.ReadAllBytes(Path.Combine(Root, version + SumsExtension)));
        Assert.Empty(sums.Verify(Path.Combine(Root, version)));
        Assert.DoesNotContain(sums.Entries, e => e.Path.EndsWith(".pem", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Bundles))]
    public void Files_of_a_version_meet_the_schemas_of_their_version(string version, string name, string effective)
    {
        Assert.NotEmpty(effective);
        var bundle = Path.Combine(Root, version, name);
        foreach (var file in DirectoryTree.Files(bundle))
        {
            Assert.True(BundleFormats.IsKnown(file), file);
            var content = File.ReadAllBytes(Path.Combine(bundle, file));
            if (BundleFormats.SchemaOf(file, content) is { } schema)
            {
                var result = SchemaFiles.Compile(schema).Validate(BundleFormats.Json(file, content));
                Assert.True(result.IsValid, $"{file}: {string.Join("; ", result.Errors.Take(5))}");
            }
        }
    }

    [Fact]
    public void There_is_a_version() => Assert.NotEmpty(Versions);
}
