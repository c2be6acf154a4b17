using System.Text;
using System.Text.Json.Nodes;
using Kfm.Provenance.InToto;
using Kfm.Provenance.InToto.Predicates;

namespace Kfm.Provenance.Tests.InToto;

public sealed class PredicateTests
{
    private const string Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private const string Descriptor = """{"digest":{"sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},"name":"x"}""";
    private static readonly ResourceDescriptor Subject = new() { Name = "x", Digest = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["sha256"] = Hash } };

    // Type, a complete predicate, a member without which it is refused.
    public static TheoryData<string, string, string> Documents => new()
    {
        { "https://slsa.dev/provenance/v0.2", """{"builder":{"id":"b"},"buildType":"t","invocation":{"environment":{}},"materials":[D],"metadata":{"reproducible":true}}""", "buildType" },
        { "https://slsa.dev/provenance/v1", """{"buildDefinition":{"buildType":"t","externalParameters":{"a":1},"resolvedDependencies":[]},"runDetails":{"builder":{"id":"b","version":{"b":"1"}},"byproducts":[D],"metadata":{"invocationId":"i","startedOn":"2026-01-01T00:00:00Z"}}}""", "runDetails" },
        { "https://slsa.dev/verification_summary/v1", """{"dependencyLevels":{"SLSA_BUILD_LEVEL_1":3},"inputAttestations":[D],"policy":{"uri":"p"},"resourceUri":"r","slsaVersion":"1.0","timeVerified":"2026-01-01T00:00:00Z","verificationResult":"PASSED","verifiedLevels":["L"],"verifier":{"id":"v"}}""", "verificationResult" },
        { "https://in-toto.io/attestation/test-result/v0.1", """{"configuration":[D],"failedTests":[],"passedTests":["a"],"result":"WARNED","url":"https://example.org"}""", "result" },
        { "https://in-toto.io/attestation/scai/v0.3", """{"attributes":[{"attribute":"A","conditions":{"c":1},"evidence":D,"target":D}],"producer":D}""", "attributes" },
        { "https://in-toto.io/attestation/svr/v0.2", """{"properties":["P"],"timeCreated":"2026-01-01T00:00:00Z","verifier":{"id":"v","policies":[]}}""", "verifier" },
        { "https://in-toto.io/attestation/svr/v0.1", """{"properties":["P"],"timeCreated":"2026-01-01T00:00:00Z","verifier":{"id":"v"}}""", "timeCreated" },
        { "https://in-toto.io/attestation/vulns/v0.2", """{"metadata":{"scanFinishedOn":"2026-01-01T00:00:01Z","scanStartedOn":"2026-01-01T00:00:00Z"},"scanner":{"db":{"lastUpdate":"2026-01-01T00:00:00Z"},"result":[{"annotations":[{"a":1}],"id":"CVE-1","severity":[{"method":"nvd","score":"5.2"}]}],"uri":"u","version":"1"}}""", "metadata" },
        { "https://in-toto.io/attestation/release/v0.2", """{"packageId":"7","purl":"pkg:npm/x@1"}""", "purl" },
        { "https://in-toto.io/attestation/release/v0.1", """{"purl":"pkg:npm/x@1","releaseId":"7"}""", "purl" },
        { "https://in-toto.io/attestation/link/v0.3", """{"byproducts":{"return-value":0},"command":["a","b"],"environment":{},"materials":[D],"name":"n"}""", "name" },
        { "https://in-toto.io/attestation/ai-agent-action/v0.1", """{"action":{"durationMs":5,"method":"tools/call","protocol":"mcp","success":true,"timestamp":"2026-01-01T00:00:00Z","toolName":"t","type":"tool_call"},"agent":{"model":"m"},"chain":{"previousHash":"genesis"}}""", "action" },
        { "https://contextpassport.com/attestation/agent-decision/v0.1", """{"decision":{"agentId":"a","agentName":"n","confidence":0.5,"decidedAt":"2026-01-01T00:00:00Z","eventType":"audit","input":"i","output":"o"},"humanOversight":{"overrodeAgent":false,"reviewed":true},"record":{"id":"r","integrityHash":"sha256:H","parentHash":null,"payloadHash":"sha256:H","schemaVersion":"2.0"}}""", "record" },
        { "https://cyclonedx.org/bom", """{"bomFormat":"CycloneDX","specVersion":"1.6"}""", "bomFormat" },
        { "https://spdx.dev/Document/v2.3", """{"spdxVersion":"SPDX-2.3"}""", "spdxVersion" },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void Known_predicate_reads_typed_and_is_written_as_it_was(string type, string template, string required)
    {
        var text = Fill(template);
        var statement = Statement.Parse(Payload(type, text));
        var predicate = Predicate.Read(statement);
        Assert.IsNotType<UnknownPredicate>(predicate);
        Assert.Equal(type, predicate.Type);
        Assert.Equal(statement.ToJson(), predicate.ToStatement(Subject).ToJson());

        var without = JsonNode.Parse(text)!.AsObject();
        without.Remove(required);
        var refused = Assert.Throws<InTotoFormatException>(() => Predicate.Read(Statement.Parse(Payload(type, without.ToJsonString()))));
        Assert.StartsWith("/predicate", refused.Pointer, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Member_of_another_type_is_refused_or_ignored_but_nothing_else_is_thrown(string type, string template, string required)
    {
        Assert.NotEmpty(required);
        foreach (var member in JsonNode.Parse(Fill(template))!.AsObject().Select(m => m.Key).ToList())
        {
            foreach (var wrong in new[] { "1", "\"x\"", "[1]", "{\"x\":[]}", "true", "[\"\"]" })
            {
                var changed = JsonNode.Parse(Fill(template))!.AsObject();
                changed[member] = JsonNode.Parse(wrong);
                try
                {
                    Predicate.Read(Statement.Parse(Payload(type, changed.ToJsonString())));
                }
                catch (InTotoFormatException)
                {
                    // The one exception that may come.
                }
            }
        }
    }

    [Fact]
    public void Predicate_of_an_unknown_type_is_kept_byte_for_byte()
    {
        const string Text = "{ \"b\" : 1.50, \"a\":[ 1e2 ,\"\\u0041\"]\n}";
        var statement = Statement.Parse(Payload("https://example.org/own/v1", Text));
        var predicate = Assert.IsType<UnknownPredicate>(Predicate.Read(statement));
        Assert.Equal(Text, Encoding.UTF8.GetString(predicate.Text.Span));
        Assert.Contains(Text, Encoding.UTF8.GetString(predicate.ToStatement(Subject).ToPayload()), StringComparison.Ordinal);
        Assert.Equal(Text, Encoding.UTF8.GetString(Statement.Parse(statement.ToPayload()).PredicateText.Span));
    }

    [Fact]
    public void Abbreviated_digest_is_read_by_structure_alone()
    {
        var payload = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Payload("https://example.org/own/v1", "{}")).Replace(Hash, "9f86d0...", StringComparison.Ordinal));
        Assert.Throws<InTotoFormatException>(() => Statement.Parse(payload));
        Assert.Equal("9f86d0...", Statement.Parse(payload, StatementRules.Structural).Subject[0].Digest["sha256"]);
    }

    private static string Fill(string template) => template
        .Replace("[D]", $"[{Descriptor}]", StringComparison.Ordinal)
        .Replace(":D", ":" + Descriptor, StringComparison.Ordinal)
        .Replace("sha256:H", "sha256:" + Hash, StringComparison.Ordinal);

    private static byte[] Payload(string type, string predicate) => Encoding.UTF8.GetBytes(
        $$"""{"_type":"https://in-toto.io/Statement/v1","subject":[{{Descriptor}}],"predicateType":"{{type}}","predicate":{{predicate}}}""");
}
