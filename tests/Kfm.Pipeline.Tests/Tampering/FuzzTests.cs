using System.Text;
using System.Text.Json.Nodes;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Json;

namespace Kfm.Pipeline.Tests.Tampering;

/// <summary>Random edits: whatever is done to a bundle, the answer is a refusal with a rule, and never an exception.</summary>
[Collection(SharedDemo.Name)]
public sealed class FuzzTests(DemoRun demo)
{
    private static readonly string[] Values = ["null", "{}", "[]", "\"\"", "\"\\u001b[2J\"", "-1", "1e308", "true", "\"9999-12-31T23:59:59.999Z\""];

    [Theory]
    [InlineData("allowed", 1)]
    [InlineData("review", 2)]
    [InlineData("denied", 3)]
    public async Task Random_bytes_are_refused(string name, int seed)
    {
        var random = new Random(seed);
        var edits = Enumerable.Range(0, 40).Select(_ => random.Next()).ToArray();
        await Parallel.ForEachAsync(edits, async (edit, _) =>
        {
            var (bundle, choice) = (demo.Copy(name), new Random(edit));
            var files = DirectoryTree.Files(bundle);
            for (var i = choice.Next(1, 4); i > 0; i--)
            {
                var path = Path.Combine(bundle, files[choice.Next(files.Count)]);
                File.WriteAllBytes(path, Change(File.ReadAllBytes(path), choice));
            }

            await CheckAsync(bundle, $"{name}, seed {edit}");
        });
    }

    [Theory]
    [InlineData("evidence.json", 60)]
    [InlineData("context.json", 30)]
    [InlineData("decision.json", 30)]
    [InlineData("intent.json", 20)]
    [InlineData("manifest.json", 20)]
    [InlineData("pr/comment.json", 20)]
    [InlineData("pr/focus.json", 15)]
    [InlineData("seal.dsse.json", 20)]
    [InlineData("attestations/vsa.dsse.json", 15)]
    [InlineData("sbom/bom.cdx.json", 10)]
    public async Task Random_json_is_refused(string file, int count)
    {
        var random = new Random(file.Length);
        var edits = Enumerable.Range(0, count).Select(_ => random.Next()).ToArray();
        await Parallel.ForEachAsync(edits, async (edit, cancellation) =>
        {
            var (bundle, choice) = (demo.Copy("review"), new Random(edit));
            var path = Path.Combine(bundle, file);
            var before = File.ReadAllBytes(path);
            var root = Replace(JsonNode.Parse(before)!, choice);
            byte[] after = [.. CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(root?.ToJsonString() ?? "null"), cancellationToken: cancellation), (byte)'\n'];
            if (!after.AsSpan().SequenceEqual(before))
            {
                File.WriteAllBytes(path, after);
                Forger.Sum(bundle);
                await CheckAsync(bundle, $"{file}, seed {edit}");
            }
        });
    }

    [Fact]
    public async Task Nested_json_is_refused()
    {
        foreach (var file in new[] { "evidence.json", "context.json", "decision.json", "intent.json", "manifest.json", "seal.dsse.json", "pr/comment.json", "prov/run.jsonld" })
        {
            var bundle = demo.Copy("review");
            File.WriteAllText(Path.Combine(bundle, file), string.Concat(Enumerable.Repeat("[", 200_000)));
            await CheckAsync(bundle, file);
        }
    }

    private async Task CheckAsync(string bundle, string what)
    {
        Refused.Assert(await demo.VerifyAsync(bundle), what);
        Directory.Delete(bundle, recursive: true);
    }

    private static byte[] Change(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length);
        var end = Math.Min(bytes.Length, at + 1 + random.Next(64));
        return random.Next(6) switch
        {
            0 => bytes[..at],
            1 => [.. bytes[..at], .. bytes[end..]],
            2 => [.. bytes[..end], .. bytes[at..]],
            3 => [.. bytes, .. bytes],
            4 => [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]],
            _ => [.. bytes[..at], (byte)(bytes[at] ^ (1 << random.Next(8))), .. bytes[(at + 1)..]],
        };
    }

    /// <summary>Replaces or removes one value somewhere in a document.</summary>
    private static JsonNode? Replace(JsonNode root, Random random)
    {
        var node = root;
        while (true)
        {
            var children = node switch
            {
                JsonObject o => o.Select(m => m.Value).OfType<JsonNode>().ToArray(),
                JsonArray a => [.. a.OfType<JsonNode>()],
                _ => [],
            };
            if (children.Length == 0 || random.Next(5) == 0)
            {
                break;
            }

            node = children[random.Next(children.Length)];
        }

        var value = JsonNode.Parse(Values[random.Next(Values.Length)]);
        if (node.Parent is null)
        {
            return value;
        }

        node.ReplaceWith(value);
        return root;
    }
}
