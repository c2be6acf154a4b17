using System.Text;
using Kfm.Gates.Architecture;
using Kfm.Gates.Packs;
using Kfm.Testing;

namespace Kfm.Gates.Tests.Architecture;

public class ArchitectureTests
{
    private static readonly string Own = typeof(PolicyPacks).Assembly.Location;

    private const string Layers = """
        formatVersion: 1
        pack: architecture
        rules:
          layers:
            layers:
              - { name: core, members: [App.Core, "App.Shared*"], uses: [] }
              - { name: web, members: [App], uses: [core] }
          imports:
            restrictions:
              - { from: [App], forbidden: [System.Net, "Legacy*"], except: [System.Net.Mime] }
        """;

    // from, to, whether the layers and whether the imports are broken
    public static TheoryData<string, string, bool, bool> References => new()
    {
        { "App.Core", "App.Web.Page", true, false },
        { "App.Core.Inner", "App", true, false },
        { "App.SharedThings", "App.Web", true, false },
        { "App.Web", "App.Core.Thing", false, false },
        { "App.Core", "App.Core.Other", false, false },
        { "App.Core", "Application.Web", false, false },
        { "Other", "App.Web", false, false },
        { "App.Core", "System.Net.Http.HttpClient", false, true },
        { "App", "System.Net", false, true },
        { "App.Web", "System.Net.Mime.ContentType", false, false },
        { "App.Web", "System.Network", false, false },
        { "App.Web", "LegacyThings.X", false, true },
        { "Apps", "System.Net.Http", false, false },
    };

    [Theory]
    [MemberData(nameof(References))]
    public void Reference_is_held_against_the_lines(string from, string to, bool layers, bool imports)
    {
        var rules = new ArchitectureRules(Read(Layers)["architecture"]);
        Assert.Equal(layers, rules.LayerBreaches([new CodeReference(from, to, "a.cs")]).Count == 1);
        Assert.Equal(imports, rules.ImportBreaches([new CodeReference(from, to, "a.cs")]).Count == 1);
    }

    [Fact]
    public void Shipped_pack_draws_no_line() => Assert.True(new ArchitectureRules(PolicyPacks.Shipped["architecture"]).IsEmpty);

    [Fact]
    public void Assembly_tells_what_it_uses()
    {
        var references = AssemblyReferences.Read("Kfm.Gates.dll", File.ReadAllBytes(Own));
        Assert.All(references, r => Assert.Equal(("Kfm.Gates", "Kfm.Gates.dll"), (r.From, r.Place)));
        Assert.Contains("Kfm.Provenance", references.Select(r => r.To));
        Assert.Contains("Kfm.Provenance.Digests.Digest", references.Select(r => r.To));
        Assert.Contains("System.Collections.Generic.Dictionary`2.Enumerator", references.Select(r => r.To));
    }

    [Fact]
    public void Own_assembly_keeps_the_lines_of_this_repository()
    {
        var rules = new ArchitectureRules(Read(File.ReadAllText(RepositoryRoot.Combine(".github", "policy-packs", "architecture-policy-pack.yml")))["architecture"]);
        var references = AssemblyReferences.Read("Kfm.Gates.dll", File.ReadAllBytes(Own));
        Assert.Empty(rules.LayerBreaches(references));
        Assert.Empty(rules.ImportBreaches(references));
        Assert.NotEmpty(rules.LayerBreaches([.. references, new CodeReference("Kfm.Gates", "Kfm.Ledger.TransparencyLog", "x")]));
    }

    [Fact]
    public void Damaged_assembly_is_refused_and_nothing_else_is_thrown()
    {
        var image = File.ReadAllBytes(Own);
        Assert.Throws<AssemblyFormatException>(() => AssemblyReferences.Read("a.dll", []));
        Assert.Throws<AssemblyFormatException>(() => AssemblyReferences.Read("a.dll", "not an assembly"u8.ToArray()));
        Assert.Throws<AssemblyFormatException>(() => AssemblyReferences.Read("a.dll", image[..(image.Length / 2)]));
        for (var i = 0; i < 400; i++)
        {
            byte[] changed = [.. image];
            for (var j = 0; j < 40; j++)
            {
                changed[(int)((i * 7_919L + j * 104_729L) % changed.Length)] ^= (byte)(1 + (i + j) % 255);
            }

            Assert.Null(Record.Exception(() => AssemblyReferences.Read("a.dll", changed)) is { } e and not AssemblyFormatException ? e : null);
        }
    }

    private static PolicyPacks Read(string text) =>
        PolicyPacks.Read(new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["architecture-policy-pack.yml"] = Encoding.UTF8.GetBytes(text) });
}
