using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Kfm.Agent.Autonomy;
using Kfm.Agent.Designs;
using Kfm.Agent.Intents;
using Kfm.Agent.Processes;
using Kfm.Gates.Scanning;
using Kfm.Pipeline.Stages;
using Kfm.Pipeline.Terminal;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm design</c> writes the design of an intent for review; <c>kfm review-design</c> signs that somebody has reviewed it.</summary>
internal static class DesignCommands
{
    private const long LongestDesign = 1 << 20;

    public static IEnumerable<Command> Create(HostEnvironment host)
    {
        yield return Design(host);
        yield return Review(host);
    }

    private static Command Design(HostEnvironment host)
    {
        var repo = new Option<string>("--repo") { Description = "The git repository.", Required = true };
        var at = new Option<string>("--base") { Description = "The commit that the proposal will stand on.", DefaultValueFactory = _ => "HEAD" };
        var intent = new Option<string>("--intent") { Description = "The intent: a file, or the text itself.", Required = true };
        var output = new Option<string>("--out") { Description = "The design document to write; the intent is written beside it as NAME.intent.json.", Required = true };
        var json = new Option<bool>("--json") { Description = "Print the result as one JSON object." };
        var command = new Command("design", "Write the design of an intent, for review before a model is asked.") { repo, at, intent, output, json };
        VerbAction.Set(command, host, async (result, token) =>
        {
            var given = IntentInput.Read(result.GetValue(intent)!, null, EvidenceTime.Truncate(host.Time.GetUtcNow()));
            if (SecretScanner.Scan(given.Text) is { Count: > 0 } secrets)
            {
                throw new IntentFormatException("the intent holds a secret: " + string.Join("; ", secrets), "/text");
            }

            var processes = new ProcessRunner(new ProcessTimer(TimeProvider.System));
            var from = await RepositoryBase.OpenAsync(processes, result.GetValue(repo)!, result.GetValue(at)!, token);
            var structured = IntentClassifier.Classify(given, [.. from.Settings.Components.Select(c => c.Name)]);
            var design = await BaseDesign.CreateAsync(from, structured, token);
            var path = Path.GetFullPath(result.GetValue(output)!);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, design.Text, token);
            await File.WriteAllBytesAsync(Path.ChangeExtension(path, ".intent.json"), IntentFile.Write(structured), token);
            Told(host, result.GetValue(json), structured, design, result.GetValue(output)!);
            return ExitCode.Allow;
        });
        return command;
    }

    private static void Told(HostEnvironment host, bool json, StructuredIntent intent, BaseDesign design, string file)
    {
        var (tier, digest) = (intent.Tier.ToString().ToLowerInvariant(), Digest.Of(Encoding.UTF8.GetBytes(design.Text)));
        var roles = DesignReviewRules.Roles(intent.Tier);
        if (json)
        {
            host.Out.WriteLine(Line(new JsonObject
            {
                ["command"] = "design",
                ["design"] = file,
                ["digest"] = digest.ToString(),
                ["tier"] = tier,
                ["template"] = design.Plan.Choice.Template.Id,
                ["reviewNeeded"] = DesignReviewRules.IsNeeded(intent.Tier),
                ["reviewers"] = new JsonArray([.. roles.Select(r => (JsonNode?)r)]),
            }));
            return;
        }

        var console = new RunConsole(host.Out, host.Interactive);
        console.Field("design", $"{file}, {digest}");
        console.Field("risk", tier);
        console.Field("review", roles.Count == 0 ? "none is needed before a model is asked" : $"by {string.Join(intent.Tier == RiskTier.High ? " or " : " and ", roles)}, before a model is asked: kfm review-design");
    }

    private static Command Review(HostEnvironment host)
    {
        var design = new Argument<string>("design") { Description = "The design document that you have reviewed." };
        var role = new Option<string>("--role") { Description = "The role in which you review.", Required = true };
        role.AcceptOnlyFromAmong([.. ApprovalRoles.All]);
        var person = new Option<string>("--person") { Description = "Your id in the people file, person:….", Required = true };
        var key = new Option<string>("--key") { Description = "Your private key.", Required = true };
        var output = new Option<string?>("--out") { Description = "The review to write. Default: the design's name and .ROLE.dsse.json." };
        var json = new Option<bool>("--json") { Description = "Print the result as one JSON object." };
        var command = new Command("review-design", "Sign that you have reviewed a design and agree that a model is asked.") { design, role, person, key, output, json };
        VerbAction.Set(command, host, (result, _) =>
        {
            var path = result.GetValue(design)!;
            var statement = new DesignReviewStatement(DigestOf(path), result.GetValue(role)!, Person(result.GetValue(person)!), EvidenceTime.Truncate(host.Time.GetUtcNow()));
            using var signer = LocalSigningKey.Load(result.GetValue(key)!);
            var file = result.GetValue(output) ?? $"{path}.{statement.Role}.dsse.json";
            File.WriteAllBytes(file, DsseEnvelope.Sign(DesignReviewStatement.PayloadType, statement.ToUtf8(), signer).ToJson());
            host.Out.WriteLine(result.GetValue(json)
                ? Line(new JsonObject { ["command"] = "review-design", ["review"] = file, ["design"] = statement.Design.ToString(), ["role"] = statement.Role, ["person"] = statement.Person })
                : $"{file}: {statement.Person} has reviewed {statement.Design} as {statement.Role}. Give it to kfm run by --design-review.");
            return Task.FromResult(ExitCode.Allow);
        });
        return command;
    }

    private static Digest DigestOf(string path)
    {
        var file = new FileInfo(path);
        return file.Length <= LongestDesign ? Digest.Of(File.ReadAllBytes(path)) : throw new DesignReviewFormatException($"'{path}' has more than {LongestDesign} bytes, so it is no design", "");
    }

    private static string Person(string id) => id.StartsWith("person:", StringComparison.Ordinal) && id.Length is > 7 and <= 200
        ? id
        : throw new DesignReviewFormatException("a person is written person: and a pseudonymous id, never a name", "/predicate/person");

    private static string Line(JsonObject root) => Encoding.UTF8.GetString(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(root.ToJsonString())));
}
