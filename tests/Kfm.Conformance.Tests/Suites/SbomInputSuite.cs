using System.Text.Json;
using Kfm.Provenance.JsonSchema;
using Kfm.Provenance.Sbom;

namespace Kfm.Conformance.Tests.Suites;

/// <summary>Bills of restored projects: the components, hashes, licences and edges that an independent reading found.</summary>
[Trait("Suite", "sbom-input")]
public sealed class SbomInputSuite() : ConformanceSuite("sbom-input")
{
    protected override IEnumerable<SuiteCase> Cases(string folder) => Directory.EnumerateDirectories(folder)
        .Where(project => File.Exists(Path.Combine(project, "expected.json")))
        .Order(StringComparer.Ordinal)
        .SelectMany(Project);

    private static IEnumerable<SuiteCase> Project(string folder)
    {
        var project = Path.GetFileName(folder);
        var bom = new Lazy<CycloneDxBom>(() => Bom(folder));
        var expected = JsonElement.Parse(File.ReadAllBytes(Path.Combine(folder, "expected.json")));
        var components = expected.GetProperty("components").EnumerateArray().ToList();
        yield return new(project + "/components", () => Differs(
            components.Select(c => c.GetProperty("purl").GetString()!), bom.Value.Components.Select(c => c.PackageUrl ?? c.Reference)));
        yield return new(project + "/direct", () => Differs(Texts(expected, "directDependencies"), bom.Value.Root.DependsOn));
        yield return new(project + "/twice", () => bom.Value.ToJson().AsSpan().SequenceEqual(Bom(folder).ToJson()) ? null : "two runs give other bytes");
        yield return new(project + "/read", () => CycloneDxBom.Parse(bom.Value.ToJson()).Components.Equals(bom.Value.Components) ? null : "other components are read back");
        foreach (var component in components)
        {
            yield return new($"{project}/{component.GetProperty("purl").GetString()}", () => Differs(component, bom.Value));
        }

        if (Schema() is { } schema)
        {
            yield return new(project + "/schema", () => string.Join("; ", schema.Validate(bom.Value.ToJson()).Errors.Take(5)) is { Length: > 0 } errors ? errors : null);
        }
    }

    private static CycloneDxBom Bom(string folder) => CycloneDxBom.FromAssets(
        File.ReadAllBytes(Path.Combine(folder, "project.assets.json")),
        new() { Timestamp = DateTimeOffset.UnixEpoch, PackageFolders = [Path.Combine(folder, "packages")] });

    private static CompiledSchema? Schema()
    {
        var folder = Path.Combine(ConformanceRoot.Folder("cyclonedx"), "schema");
        if (!Directory.Exists(folder))
        {
            return null;
        }

        var documents = Directory.EnumerateFiles(folder, "*.json").Select(file => (ReadOnlyMemory<byte>)File.ReadAllBytes(file)).ToList();
        return CompiledSchema.Compile(File.ReadAllBytes(Path.Combine(folder, "bom-1.6.schema.json")), new()
        {
            DefaultDialect = SchemaDialect.Draft7,
            Documents = documents.Where(d => Id(d) is not null).ToDictionary(d => Id(d)!, StringComparer.Ordinal),
        });
    }

    private static string? Id(ReadOnlyMemory<byte> document) =>
        JsonElement.Parse(document.Span).TryGetProperty("$id", out var id) ? id.GetString() : null;

    private static string? Differs(JsonElement expected, CycloneDxBom bom)
    {
        var actual = bom.Components.SingleOrDefault(c => c.PackageUrl == expected.GetProperty("purl").GetString());
        if (actual is null)
        {
            return "is not in the bill";
        }

        var licence = expected.GetProperty("license");
        var wanted = licence.ValueKind == JsonValueKind.Null ? (null, expected.GetProperty("licenseUrl").GetString())
            : licence.GetProperty("type").GetString() == "expression" ? (licence.GetProperty("value").GetString(), null)
            : (default(string), licence.GetProperty("value").GetString());
        return (actual.LicenceExpression, actual.LicenceName) != wanted ? $"the licence is {actual.LicenceExpression ?? actual.LicenceName}"
            : actual.Hashes.SingleOrDefault()?.Hex != expected.GetProperty("nupkgSha512Hex").GetString() ? "the file hash differs"
            : Convert.ToHexStringLower(Convert.FromBase64String(actual.ContentHash!)) != expected.GetProperty("contentHashHex").GetString() ? "the content hash differs"
            : actual.IsDevelopmentOnly != expected.GetProperty("developmentDependency").GetBoolean() ? "development only is wrong"
            : Differs(Texts(expected, "dependsOn"), actual.DependsOn);
    }

    private static string? Differs(IEnumerable<string> expected, IEnumerable<string> actual)
    {
        var (missing, extra) = (expected.Except(actual, StringComparer.Ordinal).ToList(), actual.Except(expected, StringComparer.Ordinal).ToList());
        return missing.Count + extra.Count == 0 ? null : $"missing: {string.Join(", ", missing)}; extra: {string.Join(", ", extra)}";
    }

    private static IEnumerable<string> Texts(JsonElement json, string name) => json.GetProperty(name).EnumerateArray().Select(e => e.GetString()!);
}
