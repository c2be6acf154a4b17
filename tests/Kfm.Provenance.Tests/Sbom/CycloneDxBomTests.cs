using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kfm.Provenance.Json;
using Kfm.Provenance.Sbom;
using Kfm.Testing;

namespace Kfm.Provenance.Tests.Sbom;

public sealed class CycloneDxBomTests
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, 600, TimeSpan.FromHours(1));

    [Fact]
    public void Edges_lead_to_resolved_versions_and_projects()
    {
        var bom = Bom(Assets());

        Assert.Equal(["Lib@1.0.0", "pkg:nuget/Alpha@2.0.0", "pkg:nuget/Beta@3.1.0%2Bx", "pkg:nuget/Lint@1.0.0"], bom.Components.Select(c => c.Reference));
        Assert.Equal(["Lib@1.0.0", "pkg:nuget/Alpha@2.0.0", "pkg:nuget/Lint@1.0.0"], bom.Root.DependsOn);
        Assert.Equal(["pkg:nuget/Beta@3.1.0%2Bx"], bom.Components[1].DependsOn);
        Assert.Null(bom.Components[0].PackageUrl);
        Assert.Equal("hash-of-alpha", bom.Components[1].ContentHash);
    }

    [Fact]
    public void Package_that_nothing_shipped_needs_is_excluded() =>
        Assert.Equal(["Lint"], Bom(Assets()).Components.Where(c => c.IsDevelopmentOnly).Select(c => c.Name));

    [Fact]
    public void Package_files_give_hash_licence_and_repository()
    {
        using var packages = Packages();
        var bom = Bom(Assets(), packages);
        var alpha = bom.Components[1];

        Assert.Equal(new SbomHash("SHA-512", new string('0', 126) + "01"), Assert.Single(alpha.Hashes));
        Assert.Equal("Apache-2.0 OR MPL-2.0", alpha.LicenceExpression);
        Assert.Equal(("https://example.org/alpha", "abc"), (alpha.Repository, alpha.Commit));
        Assert.Equal("LICENSE.TXT", bom.Components[2].LicenceName);
        Assert.Equal(["pkg:nuget/Beta@3.1.0%2Bx has no file hash", "pkg:nuget/Lint@1.0.0 has no file hash", "pkg:nuget/Lint@1.0.0 has no licence"], bom.Gaps());
    }

    [Fact]
    public void Bytes_are_canonical_and_the_same_from_any_folder()
    {
        using var here = Packages();
        using var there = Packages();
        var bytes = Bom(Assets(), here).ToJson();

        Assert.Equal(bytes, Bom(Assets(), there).ToJson());
        Assert.True(CanonicalJson.IsCanonical(bytes.AsSpan(..^1)));
        Assert.DoesNotContain("/tmp", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void Document_names_itself_by_its_content()
    {
        var document = JsonNode.Parse(Bom(Assets()).ToJson())!;

        Assert.Equal("2026-01-02T02:04:05Z", (string?)document["metadata"]!["timestamp"]);
        Assert.Equal("""[{"name":"cdx:reproducible","value":"true"}]""", document["metadata"]!["properties"]!.ToJsonString());
        Assert.StartsWith("urn:uuid:", (string?)document["serialNumber"], StringComparison.Ordinal);
        Assert.NotEqual((string?)document["serialNumber"], Bom(Assets(), time: Time.AddDays(1)).SerialNumber);
    }

    [Fact]
    public void Document_is_read_back()
    {
        using var packages = Packages();
        var bom = Bom(Assets(), packages);
        var read = CycloneDxBom.Parse(bom.ToJson());

        Assert.Equal(bom.Components, read.Components);
        Assert.Equal((bom.Root, bom.Timestamp, bom.SerialNumber), (read.Root, read.Timestamp, read.SerialNumber));
    }

    [Theory]
    [InlineData("\"Alpha\"", "\"alpha\"")]
    [InlineData("\"version\":1}", "\"version\":2}")]
    [InlineData("hash-of-alpha", "hash-of-other")]
    [InlineData("urn:uuid:", "urn:uuid:0")]
    [InlineData("\"dependsOn\":[\"pkg:nuget/Beta@3.1.0%2Bx\"]", "\"dependsOn\":[\"pkg:nuget/Gamma@1\"]")]
    [InlineData("\"licenses\"", "\"licences\"")]
    [InlineData("[{\"acknowledgement\":\"declared\",\"expression\":\"Apache-2.0 OR MPL-2.0\"}]", "[]")]
    [InlineData("CycloneDX", "SPDX")]
    [InlineData("\"specVersion\":\"1.6\"", "\"specVersion\":\"1.7\"")]
    [InlineData("{", "")]
    public void Changed_document_is_refused(string was, string becomes)
    {
        using var packages = Packages();
        var text = Encoding.UTF8.GetString(Bom(Assets(), packages).ToJson());
        Assert.Contains(was, text, StringComparison.Ordinal);

        Assert.Throws<SbomFormatException>(() => CycloneDxBom.Parse(Encoding.UTF8.GetBytes(text.Replace(was, becomes, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("{", "")]
    [InlineData("{}", "")]
    [InlineData("""{"targets":{"net8.0":{},"net9.0":{}}}""", "/targets")]
    [InlineData("""{"targets":{"net9.0":{"A/1":{"type":"package"}}},"libraries":{}}""", "/libraries")]
    [InlineData("""{"targets":{"net9.0":{"A/1":{"type":"unresolved"}}},"libraries":{"A/1":{}}}""", "/targets/net9.0/A~11")]
    [InlineData("""{"targets":{"net9.0":{"A":{"type":"package"}}},"libraries":{"A":{}}}""", "/targets/net9.0/A")]
    [InlineData("""{"targets":{"net9.0":{"A/1":{"type":"package"}}},"libraries":{"A/1":{"sha512":"x","path":"../a"}}}""", "/libraries/A~11/path")]
    public void Malformed_assets_are_refused_with_their_place(string assets, string pointer) =>
        Assert.Equal(pointer, Assert.Throws<SbomFormatException>(() => CycloneDxBom.FromAssets(Encoding.UTF8.GetBytes(assets), new() { Timestamp = Time })).Pointer);

    [Fact]
    public void Dependency_that_is_not_resolved_is_refused()
    {
        var assets = JsonNode.Parse(Assets())!;
        assets["targets"]!["net10.0"]!["Alpha/2.0.0"]!["dependencies"]!["Gone"] = "1.0.0";

        Assert.Contains("Gone", Assert.Throws<SbomFormatException>(() => Bom(assets.ToJsonString())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alpha.nuspec", "<package>")]
    [InlineData("alpha.nuspec", "<package/>")]
    [InlineData("alpha.nuspec", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><package><metadata><license>&b;</license></metadata></package>")]
    [InlineData("alpha.2.0.0.nupkg.sha512", "short")]
    [InlineData("alpha.2.0.0.nupkg.sha512", "AAAA")]
    public void Malformed_package_file_is_refused_by_name(string file, string content)
    {
        using var packages = Packages();
        packages.Write("alpha/2.0.0/" + file, content);

        Assert.Equal("alpha/2.0.0/" + file, Assert.Throws<SbomFormatException>(() => Bom(Assets(), packages)).File);
    }

    [Fact]
    public void Test_project_itself_has_a_bill_with_every_hash()
    {
        var assets = File.ReadAllBytes(RepositoryRoot.Combine("tests", "Kfm.Provenance.Tests", "obj", "project.assets.json"));
        using var document = JsonDocument.Parse(assets);
        var folders = document.RootElement.GetProperty("packageFolders").EnumerateObject().Select(f => f.Name).ToArray();

        var bom = CycloneDxBom.FromAssets(assets, new() { Timestamp = Time, PackageFolders = folders });

        Assert.Contains(bom.Components, c => c.Name == "xunit" && c.LicenceExpression == "Apache-2.0");
        Assert.Contains(bom.Components, c => c.Name == "Kfm.Provenance" && c.PackageUrl is null);
        Assert.DoesNotContain(bom.Gaps(), gap => gap.EndsWith("file hash", StringComparison.Ordinal));
        Assert.Equal(bom.ToJson(), CycloneDxBom.Parse(bom.ToJson()).ToJson());
    }

    private static CycloneDxBom Bom(string assets, TemporaryDirectory? packages = null, DateTimeOffset? time = null) => CycloneDxBom.FromAssets(
        Encoding.UTF8.GetBytes(assets), new() { Timestamp = time ?? Time, PackageFolders = packages is null ? [] : [packages.Path] });

    private static TemporaryDirectory Packages()
    {
        var folder = new TemporaryDirectory();
        var hash = new byte[64];
        hash[^1] = 1;
        folder.Write("alpha/2.0.0/alpha.2.0.0.nupkg.sha512", Convert.ToBase64String(hash));
        folder.Write("alpha/2.0.0/alpha.nuspec", """
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata><id>Alpha</id>
            <license type="expression">Apache-2.0 OR MPL-2.0</license><repository url="https://example.org/alpha" commit="abc"/></metadata></package>
            """);
        folder.Write("beta/3.1.0+x/beta.nuspec", """
            <package><metadata><license type="file">LICENSE.TXT</license><licenseUrl>https://aka.ms/deprecateLicenseUrl</licenseUrl></metadata></package>
            """);
        return folder;
    }

    private static string Assets() => """
        {
          "version": 3,
          "targets": { "net10.0": {
            "Alpha/2.0.0": { "type": "package", "dependencies": { "beta": "3.0.0" } },
            "Beta/3.1.0+x": { "type": "package" },
            "Lint/1.0.0": { "type": "package" },
            "Lib/1.0.0": { "type": "project", "dependencies": { "Alpha": "1.0.0" } }
          } },
          "libraries": {
            "Alpha/2.0.0": { "type": "package", "sha512": "hash-of-alpha", "path": "alpha/2.0.0" },
            "Beta/3.1.0+x": { "type": "package", "sha512": "hash-of-beta", "path": "beta/3.1.0+x" },
            "Lint/1.0.0": { "type": "package", "sha512": "hash-of-lint", "path": "lint/1.0.0" },
            "Lib/1.0.0": { "type": "project", "path": "../Lib/Lib.csproj" }
          },
          "projectFileDependencyGroups": { "net10.0": [ "Alpha >= 2.0.0", "Lib >= 1.0.0", "Lint >= 1.0.0" ] },
          "packageFolders": { "/tmp/packages/": {} },
          "project": {
            "version": "1.2.3",
            "restore": { "projectName": "App", "projectPath": "/tmp/App/App.csproj" },
            "frameworks": { "net10.0": { "dependencies": {
              "Alpha": { "target": "Package", "version": "[2.0.0, )" },
              "Lint": { "suppressParent": "All", "target": "Package", "version": "[1.0.0, )" }
            } } }
          }
        }
        """;
}
