using System.Reflection;
using System.Xml.Linq;
using Kfm.Testing;

namespace Kfm.Agent.Tests.Architecture;

public sealed class PackageDirectionTests
{
    public static TheoryData<string, string[]> Packages => new()
    {
        { "Kfm.Provenance", [] },
        { "Kfm.Gates", ["Kfm.Provenance"] },
        { "Kfm.Gates.CSharp", ["Kfm.Gates", "Kfm.Provenance"] },
        { "Kfm.Ledger", ["Kfm.Provenance"] },
        { "Kfm.Ledger.PostgreSql", ["Kfm.Ledger", "Kfm.Provenance"] },
        { "Kfm.Agent", ["Kfm.Gates", "Kfm.Ledger", "Kfm.Provenance"] },
    };

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_sees_no_package_beyond_its_own(string package, string[] seen)
    {
        var used = Assembly.Load(package).GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("Kfm.", StringComparison.Ordinal));

        Assert.Empty(used.Except(seen, StringComparer.Ordinal));
    }

    [Fact]
    public void Agent_needs_one_package_of_others_and_no_provider()
    {
        var project = XDocument.Load(RepositoryRoot.Combine("src", "Kfm.Agent", "Kfm.Agent.csproj"));

        Assert.Equal(["Microsoft.Extensions.AI.Abstractions"], project.Descendants("PackageReference").Select(r => r.Attribute("Include")!.Value));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Project_names_exactly_its_packages(string package, string[] seen)
    {
        var project = XDocument.Load(RepositoryRoot.Combine("src", package, package + ".csproj"));
        var named = project.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value));

        Assert.Equal(seen, named.Order(StringComparer.Ordinal));
    }
}
