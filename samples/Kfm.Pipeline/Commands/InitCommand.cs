using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Kfm.Pipeline.Init;
using Kfm.Pipeline.Terminal;
using Kfm.Provenance.Json;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm init</c>: writes kfm.json, people file, workflows, schemas and policies into a repository.</summary>
internal static class InitCommand
{
    public static Command Create(HostEnvironment host)
    {
        var repo = new Option<string>("--repo") { Description = "The root of the git repository.", DefaultValueFactory = _ => "." };
        var name = new Option<string?>("--name") { Description = "What the repository calls itself. Default: the name of its directory." };
        var force = new Option<bool>("--force") { Description = "Overwrite files that are there and differ." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be written, and write nothing." };
        var json = new Option<bool>("--json") { Description = "Print the result as one JSON object." };
        var command = new Command("init", "Write kfm.json, the people file, workflows, schemas and policies into a repository.") { repo, name, force, dryRun, json };
        VerbAction.Set(command, host, (result, _) =>
        {
            var directory = Path.GetFullPath(result.GetValue(repo)!);
            var request = new InitRequest(
                directory, result.GetValue(name) ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(directory)), result.GetValue(force), result.GetValue(dryRun));
            var files = request.Run();
            host.Out.Write(result.GetValue(json) ? Json(files) : Text(files, request.DryRun));
            return Task.FromResult(ExitCode.Allow);
        });
        return command;
    }

    private static string Text(IReadOnlyList<(string Path, string Outcome)> files, bool dryRun)
    {
        var text = new StringBuilder();
        foreach (var (path, outcome) in files)
        {
            text.Append(outcome.PadRight(10)).Append(path).Append('\n');
        }

        return dryRun
            ? text.Append("nothing was written: --dry-run\n").ToString()
            : text.Append("Next: fill kfm.json and .kfm/people.json, commit, and read docs/ci/ai-codegen-preview/README.md\n").ToString();
    }

    private static string Json(IReadOnlyList<(string Path, string Outcome)> files)
    {
        var root = new JsonObject
        {
            ["command"] = "init",
            ["files"] = new JsonArray([.. files.Select(f => (JsonNode)new JsonObject { ["path"] = f.Path, ["outcome"] = f.Outcome })]),
        };
        return Encoding.UTF8.GetString(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(root.ToJsonString()))) + "\n";
    }
}
