using Kfm.Gates.Stewardship;

namespace Kfm.Gates.Tests.Stewardship;

public sealed class StewardshipDutyTests
{
    [Theory]
    [InlineData("license", "rights")]
    [InlineData("care_label", "rights")]
    [InlineData("ai_transform_prohibited", "rights")]
    [InlineData("indigenous_rights_flag", "sovereignty")]
    [InlineData("jurisdiction", "sovereignty")]
    [InlineData("classification", "sensitivity")]
    [InlineData("public_exposure_risk", "sensitivity")]
    [InlineData("prov_profile", "provenance")]
    [InlineData("attestation_ref", "provenance")]
    [InlineData("dcat_profile", "catalog")]
    [InlineData("title", null)]
    [InlineData("last_updated", null)]
    public void Flag_belongs_to_a_duty(string key, string? duty) => Assert.Equal(duty, StewardshipDuty.Of(key));

    [Fact]
    public void Flags_that_differ_are_changes_and_others_are_not()
    {
        var before = Flags(("license", "CC-BY 4.0"), ("title", "A"), ("jurisdiction", "kansas"), ("classification", "public"));
        var after = Flags(("license", "MIT"), ("title", "B"), ("jurisdiction", "kansas"), ("prov_profile", "v11"));

        Assert.Equal(
            [new FlagChange("sensitivity", "classification"), new FlagChange("rights", "license"), new FlagChange("provenance", "prov_profile")],
            StewardshipDuty.Changes(before, after));
        Assert.Empty(StewardshipDuty.Changes(before, before));
    }

    [Theory]
    [InlineData("src/A.csproj", "    <PackageLicenseExpression>MIT</PackageLicenseExpression>", true)]
    [InlineData("package.json", "  \"license\": \"MIT\",", true)]
    [InlineData("Cargo.toml", "license = \"MIT\"", true)]
    [InlineData("src/a.c", "/* SPDX-License-Identifier: GPL-2.0 */", true)]
    [InlineData("src/A.csproj", "    <Nullable>enable</Nullable>", false)]
    [InlineData("src/License.cs", "class License;", false)]
    [InlineData("docs/a.md", "license: see LICENSE", false)]
    public void Line_is_recognised_that_says_the_licence(string path, string line, bool expected) => Assert.Equal(expected, LicenceLine.IsOne(path, line));

    private static Dictionary<string, IReadOnlyList<string>> Flags(params (string Key, string Value)[] flags) =>
        flags.ToDictionary(f => f.Key, f => (IReadOnlyList<string>)[f.Value], StringComparer.Ordinal);
}
