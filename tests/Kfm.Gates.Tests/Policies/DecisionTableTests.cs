using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kfm.Gates.Policies;
using Kfm.Gates.Rego;

namespace Kfm.Gates.Tests.Policies;

/// <summary>What the shipped policies decide of a context in which something was changed, also where the schema of context.json would refuse it before.</summary>
public class DecisionTableTests
{
    private static readonly CompiledPolicy Policy = RegoEngine.Compile([.. ShippedPolicies.Modules, .. ShippedPolicies.TestModules.Where(m => m.Path == "fixture_test.rego")]);
    private static readonly PreparedQuery Query = Policy.Prepare(ShippedPolicies.Query);
    private static readonly byte[] Allowed = Policy.Prepare("data.kfm.fixture.allowed").Evaluate(null).Value!.ToJson();

    // A change is a JSON pointer without its first slash, an equals sign and the new JSON value, or a pointer alone, which takes the member away. Changes
    // are separated by " & ". The failing gate is empty where the verdict is not deny.
    public static TheoryData<string, string, string, string> Table => new()
    {
        { "", "allow", "", "tier_low" },
        { "labels/risk.tier=[\"medium\"]", "review", "", "review: approval of lead" },
        { "labels/risk.tier=[\"high\"]", "review", "", "review: approval of security" },
        { "labels/risk.tier=[\"critical\"]", "review", "", "review: approval of legal" },
        { "labels/risk.intent=[\"high\"]", "review", "", "tier_high" },
        { "labels/patch.protected=[\"kfm.json\"]", "review", "", "protected_paths" },
        { "labels/stewardship=[\"catalog\"]", "review", "", "review: stewardship of catalog" },
        { "labels/sbom.licence=[\"GPL-3.0-only\"]", "review", "", "review: stewardship of rights" },
        { "labels/ethics.sovereignty=[\"indigenous\"]", "review", "", "review: stewardship of sovereignty" },
        { "labels/ethics.sensitivity=[\"unheard of\"]", "review", "", "review: stewardship of sensitivity" },
        { "labels/ethics.care=[\"ask\"]", "review", "", "review: approval of council" },
        { "checks/tests/status=\"skipped\"", "allow", "", "tests_not_configured" },
        { "checks/lint/status=\"skipped\"", "allow", "", "lint_not_configured" },
        { "checks/sbom.complete/status=\"skipped\"", "allow", "", "sbom_not_configured" },
        { "checks/build.locked/status=\"skipped\"", "allow", "", "dependencies_not_configured" },
        { "checks/data:data~1parcels.csv/status=\"skipped\"", "allow", "", "data_not_configured" },
        { "checks/contract:data~1parcels.csv/status=\"skipped\"", "allow", "", "contracts_not_configured" },
        { "measures/coverage.lines", "allow", "", "coverage_not_measured" },
        { "measures/coverage.lines/value=0.8", "allow", "", "coverage_ok" },
        { "measures/coverage.lines/value=0.7999", "deny", "contract", "coverage.lines 0.7999 below 0.8" },
        { "checks/tests/status=\"failed\"", "deny", "contract", "tests failed" },
        { "checks/tests/status=\"error\" & checks/tests/detail=\"no report\"", "deny", "contract", "tests error: no report" },
        { "checks/tests", "deny", "contract", "tests missing" },
        { "checks/lint/status=\"failed\"", "deny", "contract", "lint failed" },
        { "checks/lint", "deny", "contract", "lint missing" },
        { "checks/contract:data~1parcels.csv/status=\"failed\"", "deny", "contract", "contract:data/parcels.csv failed" },
        { "checks/contract:data~1parcels.csv", "deny", "contract", "contract missing" },
        { "checks/tests/status=\"skipped\" & labels/risk.tier=[\"high\"]", "deny", "contract", "tests not configured at tier high" },
        { "checks/sbom.complete/status=\"skipped\" & labels/risk.tier=[\"critical\"]", "deny", "security", "sbom not configured at tier critical" },
        { "checks/data:data~1parcels.csv/status=\"failed\"", "deny", "data_quality", "data:data/parcels.csv failed" },
        { "checks/data:data~1parcels.csv/status=\"error\"", "deny", "data_quality", "data:data/parcels.csv error" },
        { "checks/data:data~1parcels.csv", "deny", "data_quality", "data missing" },
        { "checks/secrets.intent/status=\"failed\"", "deny", "security", "secrets.intent failed" },
        { "checks/secrets.prompt/status=\"failed\"", "deny", "security", "secrets.prompt failed" },
        { "checks/secrets.answer/status=\"error\"", "deny", "security", "secrets.answer error" },
        { "checks/secrets.patch/status=\"skipped\"", "deny", "security", "secrets.patch skipped" },
        { "checks/secrets.patch", "deny", "security", "secrets.patch missing" },
        { "checks/build.locked/status=\"failed\"", "deny", "security", "build.locked failed" },
        { "checks/sbom.complete/status=\"failed\"", "deny", "security", "sbom.complete failed" },
        { "labels/build.isolation=[]", "deny", "security", "build.isolation missing" },
        { "labels/build.isolation=[\"docker\"]", "deny", "security", "build.isolation missing" },
        { "labels/build.isolation=[\"none\"] & labels/risk.tier=[\"high\"]", "deny", "security", "build.isolation none at a high tier" },
        { "labels/sbom.licence=[\"AGPL-3.0-only\"]", "deny", "security", "licence AGPL-3.0-only denied" },
        { "checks/ethics.labels/status=\"error\"", "deny", "ethics", "ethics.labels error" },
        { "checks/ethics.labels/status=\"skipped\"", "deny", "ethics", "ethics.labels skipped" },
        { "labels/ethics.care=[\"restricted\"]", "deny", "ethics", "ethics.care restricted" },
        { "labels/ethics.sovereignty=[\"conflict\"]", "deny", "ethics", "ethics.sovereignty conflict" },
        { "labels/ethics.ai=[\"prohibited\"]", "deny", "ethics", "ethics.ai prohibited" },
        { "checks/build.succeeded/status=\"failed\"", "deny", "ops", "build.succeeded failed" },
        { "checks/build.reproducible/status=\"failed\"", "deny", "ops", "build.reproducible failed" },
        { "checks/build.reproducible", "deny", "ops", "build.reproducible missing" },
        { "measures/build.differences/value=2", "deny", "ops", "build.differences above zero" },
        { "measures/build.differences", "deny", "ops", "build.differences missing" },
        { "checks/energy={\"stage\":\"qa\",\"status\":\"failed\",\"detail\":null}", "deny", "ops", "energy failed" },
        { "checks/patch.applies/status=\"failed\"", "deny", "lineage", "patch.applies failed" },
        { "checks/patch.tree", "deny", "lineage", "patch.tree missing" },
        { "checks/agent.recorded/status=\"failed\"", "deny", "lineage", "agent.recorded failed" },
        { "stages/qa", "deny", "lineage", "stage qa missing" },
        { "stages/build/outcome=\"failed\"", "deny", "lineage", "stage build failed" },
        { "stages/patch/outcome=\"skipped\"", "deny", "lineage", "stage patch skipped" },
        { "provenance/signed=false", "deny", "lineage", "provenance not signed" },
        { "provenance/signed=\"yes\"", "deny", "lineage", "provenance not signed" },
        { "provenance/documents=[]", "deny", "lineage", "prov/run.jsonld missing" },
        { "provenance/documents/0/evidenceRoot=\"sha256:22\"", "deny", "lineage", "attestations/provenance.dsse.json carries another root" },
        { "provenance/findings=[{\"rule\":\"C1\",\"document\":\"a\",\"pointer\":\"/b\",\"message\":\"differs\"}]", "deny", "lineage", "C1 a/b: differs" },
        { "provenance/findings=0", "deny", "lineage", "findings missing" },
        { "evidenceRoot", "deny", "lineage", "evidenceRoot unreadable" },
        { "labels/risk.tier", "deny", "autonomy", "risk.tier missing" },
        { "labels/risk.intent", "deny", "autonomy", "risk.intent missing" },
        { "labels/risk.intent=[\"high\"] & checks/design.reviewed", "deny", "autonomy", "design.reviewed missing" },
        { "labels/risk.intent=[\"critical\"] & checks/design.reviewed/status=\"skipped\"", "deny", "autonomy", "design.reviewed skipped" },
        { "labels/risk.tier=[\"tiny\"]", "deny", "autonomy", "risk tier tiny unknown" },
        { "labels/risk.tier=[1]", "deny", "autonomy", "risk tier 1 unknown" },
        { "labels/risk.tier=\"low\"", "deny", "autonomy", "risk.tier missing" },
        { "labels/risk.tier=1", "deny", "autonomy", "risk.tier missing" },
        { "labels/patch.protected=1", "deny", "lineage", "label patch.protected unreadable" },
        { "labels/stewardship=\"rights\"", "deny", "lineage", "label stewardship unreadable" },
        { "checks/tests=1", "deny", "lineage", "check tests unreadable" },
        { "checks/tests/status=1", "deny", "lineage", "check tests unreadable" },
        { "checks/tests/status=true", "deny", "contract", "tests true" },
        { "checks/extra={\"stage\":\"qa\",\"status\":\"fine\"}", "deny", "lineage", "check extra unreadable" },
        { "measures/coverage.lines/value=\"all\"", "deny", "lineage", "measure coverage.lines unreadable" },
        { "actors=1", "deny", "lineage", "actors unreadable" },
        { "actors/0/kind=\"AI\"", "deny", "lineage", "actors unreadable" },
        { "stages/design/outcome=1", "deny", "lineage", "stage design unreadable" },
        { "checks=[]", "deny", "lineage", "checks unreadable" },
        { "checks", "deny", "contract", "tests missing" },
        { "labels", "deny", "autonomy", "risk.tier missing" },
        { "stages", "deny", "lineage", "stages unreadable" },
        { "provenance", "deny", "lineage", "provenance unreadable" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Context_gets_its_verdict(string change, string verdict, string gate, string reason)
    {
        var decision = Decide(Change(change));
        Assert.Equal(verdict, decision.GetProperty("verdict").GetString());
        Assert.Equal(verdict == "allow", decision.GetProperty("allow").GetBoolean());
        var text = gate.Length == 0 ? reason : $"deny: {gate}: {reason}";
        Assert.Contains(text, decision.GetProperty("reasons").EnumerateArray().Select(r => r.GetString()));
        var failed = decision.GetProperty("gates").EnumerateObject().Where(g => g.Value.GetString() == "fail").Select(g => g.Name);
        Assert.Equal(gate.Length > 0, failed.Contains(gate, StringComparer.Ordinal));
        Assert.Equal(7, decision.GetProperty("gates").EnumerateObject().Count());
        Assert.Equal(gate.Length == 0, !failed.Any());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("\"allow\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    public void Input_that_is_no_context_is_denied(string json)
    {
        var decision = Decide(JsonNode.Parse(json));
        Assert.Equal("deny", decision.GetProperty("verdict").GetString());
        Assert.Empty(decision.GetProperty("required_approvals").EnumerateArray());
    }

    [Fact]
    public void Any_member_of_a_wrong_kind_never_allows_more()
    {
        string[] wrong = ["null", "7", "\"x\"", "[]", "{}", "true"];
        foreach (var pointer in Pointers(JsonNode.Parse(Allowed)!, "").Where(p => p.Length > 0 && !p.EndsWith("/detail", StringComparison.Ordinal)))
        {
            foreach (var value in wrong)
            {
                var before = JsonNode.Parse(Allowed)!;
                if (Kind(At(before, pointer)) != Kind(JsonNode.Parse(value)))
                {
                    var decision = Decide(Change($"{pointer}={value}"));
                    Assert.True(Unread(pointer) || decision.GetProperty("verdict").GetString() == "deny", $"{pointer}={value}");
                }
            }
        }
    }

    // Texts for people: no rule reads them.
    private static bool Unread(string pointer) => pointer.EndsWith("/unit", StringComparison.Ordinal) || pointer.EndsWith("/id", StringComparison.Ordinal)
        || (pointer.StartsWith("measures/", StringComparison.Ordinal) && pointer.EndsWith("/stage", StringComparison.Ordinal));

    private static JsonElement Decide(JsonNode? context)
    {
        var input = RegoValue.Parse(Encoding.UTF8.GetBytes(context?.ToJsonString() ?? "null"));
        using var document = JsonDocument.Parse(Query.Evaluate(input).Value!.ToJson());
        return document.RootElement.Clone();
    }

    private static JsonNode Change(string changes)
    {
        var root = JsonNode.Parse(Allowed)!;
        foreach (var change in changes.Split(" & ", StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = change.Split('=', 2);
            var slash = parts[0].LastIndexOf('/');
            var parent = slash < 0 ? root : At(root, parts[0][..slash])!;
            var key = Unescape(parts[0][(slash + 1)..]);
            if (parts.Length == 1)
            {
                parent.AsObject().Remove(key);
            }
            else if (parent is JsonArray array)
            {
                array[int.Parse(key, System.Globalization.CultureInfo.InvariantCulture)] = JsonNode.Parse(parts[1]);
            }
            else
            {
                parent[key] = JsonNode.Parse(parts[1]);
            }
        }

        return root;
    }

    private static JsonNode? At(JsonNode? node, string pointer) => pointer.Split('/').Aggregate(node, (n, key) =>
        n is JsonArray array ? array[int.Parse(key, System.Globalization.CultureInfo.InvariantCulture)] : n![Unescape(key)]);

    private static string Unescape(string key) => key.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private static JsonValueKind Kind(JsonNode? node) => node?.GetValueKind() is not { } kind ? JsonValueKind.Null : kind == JsonValueKind.False ? JsonValueKind.True : kind;

    private static IEnumerable<string> Pointers(JsonNode? node, string at)
    {
        var children = node switch
        {
            JsonObject obj => obj.Select(m => (Key: m.Key.Replace("/", "~1", StringComparison.Ordinal), m.Value)),
            JsonArray array => array.Select((value, i) => (Key: i.ToString(System.Globalization.CultureInfo.InvariantCulture), Value: value)),
            _ => [],
        };
        return children.SelectMany(child => Pointers(child.Value, at.Length == 0 ? child.Key : $"{at}/{child.Key}")).Prepend(at);
    }
}
