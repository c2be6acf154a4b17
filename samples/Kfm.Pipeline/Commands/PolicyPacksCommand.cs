using System.CommandLine;
using System.Text.Json.Nodes;
using Kfm.Agent.Git;
using Kfm.Agent.Processes;
using Kfm.Gates.Packs;
using Kfm.Pipeline.Stages;
using Kfm.Pipeline.Terminal;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm policy packs</c>: which packs hold in a commit of a repository, and which rules deny or warn.</summary>
internal static class PolicyPacksCommand
{
    public static Command Create(HostEnvironment host)
    {
        var repository = new Option<string?>("--repo") { Description = "The repository. Default: the packs that Kfm ships." };
        var revision = new Option<string>("--base") { Description = "The commit.", DefaultValueFactory = _ => "HEAD" };
        var format = new Option<string>("--format", "-f") { Description = "pretty, json, or rego: the module that the policies read.", DefaultValueFactory = _ => "pretty" };
        format.AcceptOnlyFromAmong("pretty", "json", "rego");
        var command = new Command("packs", "Show the policy packs that hold, and which rules deny or warn.") { repository, revision, format };
        VerbAction.Set(command, host, async (result, token) =>
        {
            var packs = await ReadAsync(result.GetValue(repository), result.GetValue(revision)!, token);
            host.Out.Write(result.GetValue(format) switch
            {
                "json" => Json(packs),
                "rego" => packs.ToModule().Source,
                _ => Text(packs),
            });
            return ExitCode.Allow;
        });
        return command;
    }

    private static async Task<PolicyPacks> ReadAsync(string? repository, string revision, CancellationToken cancellationToken)
    {
        if (repository is null)
        {
            return PolicyPacks.Shipped;
        }

        var source = await SourceRepository.OpenAsync(new ProcessRunner(new ProcessTimer(TimeProvider.System)), repository, cancellationToken);
        var commit = await source.ResolveAsync(revision, cancellationToken);
        return await BasePacks.ReadAsync(source, await source.ReadTreeAsync(commit, cancellationToken), cancellationToken);
    }

    private static string Text(PolicyPacks packs)
    {
        var text = new StringWriter { NewLine = "\n" };
        foreach (var pack in packs.All)
        {
            text.WriteLine($"{pack.Name} ({(pack.IsShipped ? "shipped" : PolicyPacks.Folder + "/" + PolicyPacks.FileName(pack.Name))})");
            foreach (var rule in pack.Rules)
            {
                text.WriteLine($"  {rule.Name,-16} {Word(rule.Mode)}{(rule.IsFixed ? " (fixed)" : "")}");
            }

            foreach (var (gate, mode) in pack.Gates)
            {
                text.WriteLine($"  gate {gate,-11} {Word(mode)}");
            }
        }

        return text.ToString();
    }

    private static string Json(PolicyPacks packs)
    {
        var all = packs.All.Select(pack => (JsonNode?)new JsonObject
        {
            ["pack"] = pack.Name,
            ["shipped"] = pack.IsShipped,
            ["rules"] = new JsonObject(pack.Rules.Select(rule => KeyValuePair.Create(rule.Name, (JsonNode?)JsonNode.Parse(pack.Rule(rule.Name).GetRawText())))),
            ["gates"] = new JsonObject(pack.Gates.Select(gate => KeyValuePair.Create(gate.Key, (JsonNode?)JsonValue.Create(Word(gate.Value))))),
        });
        return new JsonObject { ["command"] = "policy packs", ["packs"] = new JsonArray([.. all]) }.ToJsonString() + "\n";
    }

    private static string Word(PackMode mode) => mode == PackMode.Warn ? "warn" : "enforce";
}
