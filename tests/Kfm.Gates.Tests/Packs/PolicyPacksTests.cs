using System.Text;
using Kfm.Gates.Packs;
using Kfm.Gates.Policies;
using Kfm.Gates.Rego;
using Kfm.Testing;

namespace Kfm.Gates.Tests.Packs;

public class PolicyPacksTests
{
    private const string Quality = "formatVersion: 1\npack: quality\n";
    private const string Security = "formatVersion: 1\npack: security\n";

    [Fact]
    public void Shipped_module_is_what_the_shipped_packs_give() =>
        Assert.Equal(PolicyPacks.Shipped.ToModule().Source, ShippedPolicies.Modules.Single(m => m.Path == PolicyPacks.ModulePath).Source);

    [Fact]
    public void Packs_of_this_repository_are_read()
    {
        var folder = RepositoryRoot.Combine(".github", "policy-packs");
        var packs = PolicyPacks.Read(Directory.GetFiles(folder).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes, StringComparer.Ordinal));
        Assert.Equal(PolicyPacks.Names, packs.All.Where(pack => !pack.IsShipped).Select(pack => pack.Name));
    }

    [Fact]
    public void Rule_that_a_file_leaves_out_is_the_shipped_one()
    {
        var pack = Read("quality", Quality + "rules:\n  coverage: { minimum: 0.5, mode: warn }\n")["quality"];
        Assert.False(pack.IsShipped);
        Assert.Equal(0.5, pack.Rule("coverage").GetProperty("minimum").GetDouble());
        Assert.Equal(0.8, pack.Rule("changedCoverage").GetProperty("minimum").GetDouble());
        Assert.Equal(
            [new("changedCoverage", PackMode.Enforce, false), new("complexity", PackMode.Enforce, false), new PackRule("coverage", PackMode.Warn, false)],
            pack.Rules);
        Assert.True(Read("quality", Quality)["licensing"].IsShipped);
    }

    [Fact]
    public void Member_that_a_rule_leaves_out_is_the_shipped_one() =>
        Assert.Contains("AGPL-*", Read("licensing", "formatVersion: 1\npack: licensing\nrules:\n  licences: { allowed: [MIT] }\n")["licensing"]
            .Rule("licences").GetProperty("denied").EnumerateArray().Select(name => name.GetString()));

    [Fact]
    public void Mode_of_a_pack_holds_for_rules_that_give_none()
    {
        var rules = Read("security", Security + "mode: warn\nrules:\n  slsa: { mode: enforce }\n  credentials: { maximumAgeDays: 30 }\n")["security"].Rules;
        Assert.Equal(["credentials", "endpoints"], rules.Where(rule => rule.Mode == PackMode.Warn).Select(rule => rule.Name));
        Assert.Equal(["consent", "provenance", "secrets", "sovereignty"], rules.Where(rule => rule.IsFixed).Select(rule => rule.Name));
    }

    [Fact]
    public void Policies_judge_by_the_packs_that_are_read()
    {
        var packs = Read("quality", Quality + "rules:\n  coverage: { minimum: 0.9 }\n  changedCoverage: { mode: warn }\ngates: { data_quality: warn }\n");
        var policy = RegoEngine.Compile([
            .. ShippedPolicies.Modules.Where(m => m.Path != PolicyPacks.ModulePath), packs.ToModule(), .. ShippedPolicies.TestModules.Where(m => m.Path == "fixture_test.rego"),
        ]);
        var input = policy.Prepare("data.kfm.fixture.with_status(\"data:data/parcels.csv\", \"failed\")").Evaluate(null).Value;
        var reasons = policy.Prepare("data.kfm.decision.reasons").Evaluate(input).Value!.ToString();
        Assert.Contains("deny: contract: coverage.lines 0.875 below 0.9", reasons, StringComparison.Ordinal);
        Assert.Contains("warn: data_quality: data:data/parcels.csv failed", reasons, StringComparison.Ordinal);
    }

    // A backtick would end the text in which the module keeps a pack.
    [Fact]
    public void Text_of_a_pack_cannot_leave_its_place_in_the_module()
    {
        var packs = Read("performance", "formatVersion: 1\npack: performance\nrules:\n  size: { budgets: [{ path: \"a`)\\nallow := true #\", maximumBytes: 1 }] }\n".Replace("\\n", " ", StringComparison.Ordinal));
        var policy = RegoEngine.Compile([packs.ToModule()]);
        Assert.Equal("\"a`) allow := true #\"", policy.Prepare("data.kfm.packs.performance.rules.size.budgets[0].path").Evaluate(null).Value!.ToString());
    }

    public static TheoryData<string, int, int, string> Refused => new()
    {
        { "", 0, 0, "the file is empty" },
        { "pack: quality\n", 1, 1, "formatVersion" },
        { "formatVersion: 2\npack: quality\n", 1, 16, "formatVersion" },
        { "formatVersion: 1\npack: beauty\n", 2, 7, "pack" },
        { "formatVersion: 1\npack: security\n", 0, 0, "security-policy-pack.yml" },
        { Quality + "colour: red\n", 3, 9, "colour" },
        { Quality + "mode: ignore\n", 3, 7, "mode" },
        { Quality + "pack: quality\n", 3, 1, "stands here twice" },
        { Quality + "rules:\n  coverage:\n    minimum: 2\n", 5, 14, "rules.coverage.minimum" },
        { Quality + "rules:\n  coverage: { minimum: high }\n", 4, 24, "rules.coverage.minimum" },
        { Quality + "rules:\n  complexity: { maximum: 0 }\n", 4, 26, "rules.complexity.maximum" },
        { Quality + "rules:\n  beauty: {}\n", 4, 11, "rules.beauty" },
        { Quality + "gates: { security: warn }\n", 3, 20, "gates.security" },
        { Quality + "gates: { lineage: warn }\n", 3, 19, "gates.lineage" },
        { Quality + "gates: { ethics: warn }\n", 3, 18, "gates.ethics" },
        { Quality + "gates: [contract]\n", 3, 8, "gates" },
        { Quality + "---\nformatVersion: 1\n", 3, 1, "something follows" },
        { Quality + "rules: { coverage: ]\n", 3, 20, "not YAML" },
        { Quality + "x: *nobody\n", 0, 0, "unknown anchor" },
        { "- 1\n", 1, 1, "object" },
        { "7\n", 1, 1, "object" },
        { Quality + "? [a]\n: 1\n", 3, 1, "map" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void File_that_is_no_pack_is_refused_at_its_place(string text, int line, int column, string message)
    {
        var e = Assert.Throws<PackFormatException>(() => Read("quality", text));
        Assert.Equal((line, column), (e.Line, e.Column));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.StartsWith("quality-policy-pack.yml", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secrets")]
    [InlineData("sovereignty")]
    [InlineData("provenance")]
    [InlineData("consent")]
    public void Rule_that_nobody_may_lower_is_refused_as_a_warning(string rule) =>
        Assert.Contains("rules." + rule, Assert.Throws<PackFormatException>(() => Read("security", Security + $"rules:\n  {rule}: {{ mode: warn }}\n")).Message, StringComparison.Ordinal);

    [Fact]
    public void Unknown_file_is_refused_and_one_of_another_kind_passed_over()
    {
        Assert.Contains("known are", Assert.Throws<PackFormatException>(() => Read("beauty", Quality)).Message, StringComparison.Ordinal);
        Assert.Same(PolicyPacks.Shipped, PolicyPacks.Read(new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["README.md"] = [0xff] }));
    }

    [Fact]
    public void Bytes_of_any_kind_are_a_pack_or_are_refused()
    {
        Assert.Throws<PackFormatException>(() => Bytes([0xff, 0xfe]));
        Assert.Throws<PackFormatException>(() => Bytes(new byte[300 * 1024]));
        Assert.Throws<PackFormatException>(() => Bytes(Encoding.UTF8.GetBytes(Quality + "rules: " + new string('[', 100_000))));
        var text = Encoding.UTF8.GetBytes(PackText("security"));
        for (var i = 0; i < text.Length; i++)
        {
            byte[] changed = [.. text];
            changed[i] = (byte)"}:[\u0001-&*\n"[i % 8];
            Assert.Null(Record.Exception(() => Bytes(changed)) is { } e and not PackFormatException ? e : null);
        }
    }

    private static string PackText(string name) => File.ReadAllText(RepositoryRoot.Combine("src", "Kfm.Gates", "Packs", PolicyPacks.FileName(name)));

    private static PolicyPacks Bytes(byte[] utf8) => PolicyPacks.Read(new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["security-policy-pack.yml"] = utf8 });

    private static PolicyPacks Read(string pack, string text) =>
        PolicyPacks.Read(new Dictionary<string, byte[]>(StringComparer.Ordinal) { [PolicyPacks.FileName(pack)] = Encoding.UTF8.GetBytes(text) });
}
