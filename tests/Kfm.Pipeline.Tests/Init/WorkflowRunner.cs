using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kfm.Agent.Processes;

namespace Kfm.Pipeline.Tests.Init;

/// <summary>Runs the steps of workflows as a runner of GitHub would: a fresh checkout for each job, expressions in the environment only, artifacts by name.</summary>
internal sealed partial class WorkflowRunner(string origin, string folder, IReadOnlyDictionary<string, string> expressions)
{
    private readonly ProcessRunner _processes = new(new ProcessTimer(TimeProvider.System));
    private readonly string _artifacts = Path.Combine(folder, "uploaded");
    private int _job;

    /// <summary>The runner's folder of the last job.</summary>
    public string Temporary { get; private set; } = "";

    /// <summary>The text that the jobs added to their summaries.</summary>
    public string Summary => File.Exists(SummaryFile) ? File.ReadAllText(SummaryFile) : "";

    private string SummaryFile => Path.Combine(folder, "summary.md");

    /// <summary>Runs a workflow; gives the exit code of the first step that failed, with its output, or 0.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(Workflow workflow)
    {
        var work = Path.Combine(folder, $"job-{++_job}");
        Temporary = Path.Combine(work, "temp");
        Directory.CreateDirectory(Temporary);
        var checkout = Path.Combine(work, "checkout");
        var output = "";
        foreach (var step in workflow.Steps)
        {
            var (code, text) = await StepAsync(step, checkout);
            output += text;
            if (code != 0)
            {
                return (code, $"{workflow.Name}, {step["name"] ?? step["uses"]}:\n{output}");
            }
        }

        return (0, output);
    }

    private async Task<(int ExitCode, string Output)> StepAsync(JsonObject step, string checkout)
    {
        if (step["run"] is { } run)
        {
            return await ShellAsync(run.GetValue<string>(), step["env"]?.AsObject() ?? [], checkout);
        }

        var uses = step["uses"]!.GetValue<string>();
        var bundle = Path.Combine(Temporary, "bundle");
        switch (uses.Split('@')[0])
        {
            case "actions/checkout":
                return await ShellAsync($"git clone -q '{origin}' '{checkout}'", [], folder);
            case "actions/upload-artifact":
                Assert.Equal("${{ runner.temp }}/bundle", step["with"]!["path"]!.GetValue<string>());
                return await ShellAsync($"rm -rf '{_artifacts}' && cp -r '{bundle}' '{_artifacts}'", [], folder);
            case "actions/download-artifact":
                return await ShellAsync($"cp -r '{_artifacts}' '{bundle}'", [], folder);
            default:
                Assert.StartsWith("./", uses, StringComparison.Ordinal);
                foreach (var inner in Workflow.Read(Path.Combine(checkout, uses, "action.yml")).Steps)
                {
                    if (await StepAsync(inner, checkout) is (not 0, _) failed)
                    {
                        return failed;
                    }
                }

                return (0, "");
        }
    }

    // As GitHub starts it: bash with -e and pipefail.
    private async Task<(int ExitCode, string Output)> ShellAsync(string script, JsonObject variables, string directory)
    {
        Assert.DoesNotContain("${{", script, StringComparison.Ordinal);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = $"{Path.Combine(folder, "bin")}:{Environment.GetEnvironmentVariable("PATH")}",
            ["HOME"] = folder,
            ["RUNNER_TEMP"] = Temporary,
            ["GITHUB_RUN_ID"] = "4711",
            ["GITHUB_RUN_ATTEMPT"] = "1",
            ["GITHUB_STEP_SUMMARY"] = SummaryFile,
            ["GITHUB_PATH"] = Path.Combine(folder, "path"),
        };
        foreach (var (name, value) in variables)
        {
            environment[name] = Expression().Replace(value!.GetValue<string>(), m => expressions.GetValueOrDefault(m.Groups[1].Value, ""));
        }

        var result = await _processes.RunAsync(new ProcessRequest("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], directory)
        {
            Environment = environment,
            Timeout = TimeSpan.FromMinutes(3),
        });
        return (result.ExitCode, result.OutputText + result.ErrorText);
    }

    [GeneratedRegex(@"\$\{\{ ([^}]*) \}\}")]
    private static partial Regex Expression();
}
