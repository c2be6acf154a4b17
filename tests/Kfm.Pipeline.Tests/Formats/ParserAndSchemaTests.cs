using System.Text;
using System.Text.Json.Nodes;
using Kfm.Provenance.Json;
using Kfm.Provenance.JsonSchema;

namespace Kfm.Pipeline.Tests.Formats;

/// <summary>Parser and published schema accept and refuse the same documents, as far as a schema can say it.</summary>
public sealed class ParserAndSchemaTests
{
    private static readonly string[] Values = ["null", "1", "-1", "1.5", "true", "false", "\"\"", "\"x\"", "\"..\"", "[]", "{}", "[null]", "[\"\"]", "[\"x\",\"x\"]", "{\"x\":1}"];

    public static TheoryData<string> Names => [.. ParsedFormats.Names];

    /// <summary>Where a schema cannot say what the parser asks for: what a key is, the order of entries, and of which gate a reason is.</summary>
    private static readonly (string Format, string Pointer)[] Beyond =
    [
        ("people-v1", "/people/0/keys/0"),
        ("people-v1", "/people/0/keys"),
        ("trust-v1", "/signers/0"),
        ("trust-v1", "/signers"),
        ("trust-v1", "/people/people/0/keys/0"),
        ("trust-v1", "/people/people/0/keys"),
        ("people-v1", "/people/0/ssh/0"),
        ("people-v1", "/people/0/ssh"),
        ("trust-v1", "/people/people/0/ssh/0"),
        ("trust-v1", "/people/people/0/ssh"),
        ("ssh-approval-v1", "/signature"),
        ("ssh-approval-v1", "/statement"),
        ("manifest-v1", "/entries/0/path"),
        ("override-v1", "/predicate/gate"),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Sample_is_accepted_by_both(string name)
    {
        var sample = Canonical(ParsedFormats.Sample(name));
        Assert.True(ParsedFormats.Parses(name, sample));
        Assert.Empty(SchemaFiles.Compile(name).Validate(sample).Errors);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_single_change_is_judged_alike(string name)
    {
        var schema = SchemaFiles.Compile(name);
        var (accepted, refused) = (0, 0);
        foreach (var (pointer, change) in Changes(ParsedFormats.Sample(name)))
        {
            var (parser, published) = (ParsedFormats.Parses(name, change), schema.Validate(change).IsValid);
            _ = parser ? accepted++ : refused++;
            Assert.True(parser == published || (published && Beyond.Contains((name, pointer))), $"{pointer}: parser {parser}, schema {published}: {Encoding.UTF8.GetString(change)}");
        }

        Assert.True(refused > 20, $"{refused} refused, {accepted} accepted");
    }

    public static TheoryData<string, string, string> Refused => new()
    {
        { "people-v1", "/people/0/id", "\"ada\"" },
        { "people-v1", "/people/0/roles", "[\"lead\",\"lead\"]" },
        { "people-v1", "/people/0/roles/0", "\"owner\"" },
        { "trust-v1", "/logs/0", "\"example.org/log\"" },
        { "trust-v1", "/people/people/0/id", "\"ada\"" },
        { "intent-v1", "/time", "\"2026-03-04T05:06:07Z\"" },
        { "intent-v1", "/kind", "\"Fix\"" },
        { "intent-v1", "/components/0", "null" },
        { "replay-v1", "/recordings/0/requestDigest", "\"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881\"" },
        { "replay-v1", "/recordings/0/response/toolVersions/git", "null" },
        { "manifest-v1", "/entries/0/path", "\"/a\"" },
        { "manifest-v1", "/entries/0/path", "\"a//b\"" },
        { "manifest-v1", "/entries/0/path", "\"a/./b\"" },
        { "manifest-v1", "/entries/0/path", "\"a\\\\b\"" },
        { "manifest-v1", "/entries/0/path", "\"c:a\"" },
        { "manifest-v1", "/entries/0/path", "\"a\\u0001\"" },
        { "manifest-v1", "/entries/0/path", "\"a/\"" },
        { "manifest-v1", "/entries/0/sha256", "\"" + "AB" + "\"" },
        { "ledger-entry-v1", "/traceId", "\"206F9E15-B168-5FF9-A107-3C88564AB567\"" },
        { "ledger-entry-v1", "/links/0/role", "\"\"" },
        { "ledger-entry-v1", "/attributes", "{\"\":\"x\"}" },
        { "ledger-entry-v1", "/kind", "\"merge\"" },
        { "people-v1", "/githubReviews", "\"true\"" },
        { "people-v1", "/people/0/github", "\"@ada\"" },
        { "github-review-v1", "/predicate/review/state", "\"COMMENTED\"" },
        { "github-review-v1", "/predicate/pullRequest", "\"41\"" },
        { "github-review-v1", "/predicate/role", "\"owner\"" },
        { "ssh-approval-v1", "/signature", "\"AAA\"" },
        { "approval-v1", "/predicate/role", "\"owner\"" },
        { "approval-v1", "/subject/0/name", "\"other.json\"" },
        { "override-v1", "/predicate/lifts/0", "\"*\"" },
        { "override-v1", "/predicate/gate", "\"*\"" },
        { "override-v1", "/predicate/head", "\"main\"" },
        { "override-v1", "/predicate/reason", "\"Because.\"" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Change_is_refused_by_both(string name, string pointer, string value)
    {
        var change = Replaced(ParsedFormats.Sample(name), pointer, JsonNode.Parse(value));
        Assert.False(ParsedFormats.Parses(name, change), pointer);
        Assert.False(SchemaFiles.Compile(name).Validate(change).IsValid, pointer);
    }

    private static IEnumerable<(string Pointer, byte[] Json)> Changes(string sample)
    {
        foreach (var pointer in Pointers(JsonNode.Parse(sample), ""))
        {
            foreach (var value in Values)
            {
                yield return (pointer, Replaced(sample, pointer, JsonNode.Parse(value)));
            }

            if (pointer.Length > 0 && !char.IsAsciiDigit(pointer[^1]))
            {
                yield return (pointer, Edited(sample, pointer, (parent, name) => parent.AsObject().Remove(name)));
            }

            if (At(JsonNode.Parse(sample)!, pointer) is JsonObject)
            {
                yield return (pointer, Edited(sample, pointer + "/unknown", (parent, name) => parent[name] = "x"));
            }
        }
    }

    private static byte[] Replaced(string sample, string pointer, JsonNode? value) =>
        pointer.Length == 0 ? CanonicalJson.Canonicalize(value) : Edited(sample, pointer, (parent, name) => Set(parent, name, value));

    private static void Set(JsonNode parent, string name, JsonNode? value)
    {
        if (parent is JsonArray array)
        {
            array[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)] = value;
        }
        else
        {
            parent[name] = value;
        }
    }

    private static byte[] Edited(string sample, string pointer, Action<JsonNode, string> edit)
    {
        var root = JsonNode.Parse(sample)!;
        var cut = pointer.LastIndexOf('/');
        edit(At(root, pointer[..cut]), pointer[(cut + 1)..]);
        return CanonicalJson.Canonicalize(root);
    }

    private static JsonNode At(JsonNode root, string pointer) => pointer.Split('/').Skip(1).Aggregate(root, (node, name) =>
        node is JsonArray array ? array[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)]! : node[name]!);

    private static IEnumerable<string> Pointers(JsonNode? node, string pointer) => node switch
    {
        JsonObject o => o.SelectMany(m => Pointers(m.Value, pointer + "/" + m.Key)).Prepend(pointer),
        JsonArray a => a.SelectMany((item, i) => Pointers(item, $"{pointer}/{i}")).Prepend(pointer),
        _ => [pointer],
    };

    private static byte[] Canonical(string json) => CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(json));
}
