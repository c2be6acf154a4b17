using Kfm.Pipeline.Bundles;
using Kfm.Provenance.JsonSchema;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests.Formats;

[Collection(SharedDemo.Name)]
public sealed class BundleFormatTests(DemoRun demo)
{
    public static TheoryData<string> Bundles => [.. DemoRun.Names];

    [Theory]
    [MemberData(nameof(Bundles))]
    public void Every_file_of_a_bundle_has_a_format_that_is_written_down(string name)
    {
        var architecture = File.ReadAllText(RepositoryRoot.Combine("ARCHITECTURE.md"));
        Assert.All(DirectoryTree.Files(demo.Bundle(name)), file => Assert.True(BundleFormats.IsKnown(file), file));
        Assert.All(
            BundleFormats.Own.Select(f => f.Path).Concat(BundleFormats.Others),
            path => Assert.Contains($"`{path}`", architecture, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Bundles))]
    public void Files_of_a_bundle_meet_their_published_schemas(string name)
    {
        var checkedFiles = 0;
        foreach (var file in DirectoryTree.Files(demo.Bundle(name)))
        {
            if (BundleFormats.SchemaOf(file) is { } schema)
            {
                var json = BundleFormats.Json(file, File.ReadAllBytes(Path.Combine(demo.Bundle(name), file)));
                AssertMeets(SchemaFiles.Compile(schema).Validate(json), file);
                checkedFiles++;
            }
        }

        Assert.True(checkedFiles >= 8, $"{checkedFiles} files");
    }

    [Fact]
    public void Trust_file_of_the_demo_meets_its_published_schema() =>
        AssertMeets(SchemaFiles.Compile("trust-v1").Validate(File.ReadAllBytes(demo.Trust)), "trust.json");

    [ConformanceFact("cyclonedx/schema")]
    public void Bills_of_materials_meet_the_schema_of_CycloneDX()
    {
        var schema = ForeignSchemas.Compile("cyclonedx/schema/bom-1.6.schema.json", SchemaDialect.Draft7, "cyclonedx/schema");
        var bills = Files("sbom/", ".cdx.json");
        Assert.NotEmpty(bills);
        Assert.All(bills, bill => AssertMeets(schema.Validate(File.ReadAllBytes(bill)), bill));
    }

    [ConformanceFact("openlineage/spec")]
    public void Events_and_their_facets_meet_the_specification_of_OpenLineage()
    {
        var lineage = new LineageSchemas();
        foreach (var name in DemoRun.Names)
        {
            var lines = File.ReadAllLines(Path.Combine(demo.Bundle(name), BundleFiles.Lineage));
            Assert.NotEmpty(lines);
            Assert.Empty(lines.SelectMany(lineage.Problems));
        }

        Assert.Contains("ParentRunFacet", lineage.Seen);
    }

    private string[] Files(string start, string end) =>
    [
        .. DemoRun.Names.SelectMany(n => DirectoryTree.Files(demo.Bundle(n)).Where(f => f.StartsWith(start, StringComparison.Ordinal) && f.EndsWith(end, StringComparison.Ordinal))
            .Select(f => Path.Combine(demo.Bundle(n), f))),
    ];

    private static void AssertMeets(ValidationResult result, string file) =>
        Assert.True(result.IsValid, file + ": " + string.Join("; ", result.Errors.Take(5)));
}
