using System.CommandLine;
using Kfm.Gates.Rego;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Terminal;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm policy explain</c>: why the policies of a run bundle decided as they did; decides again, from the bundle alone.</summary>
internal static class PolicyExplainCommand
{
    private const string Query = "data.kfm.decision";

    public static Command Create(HostEnvironment host)
    {
        var bundle = new Argument<string>("bundle") { Description = "The directory of a run." };
        var all = new Option<bool>("--all") { Description = "Show the bodies that did not fire too." };
        var format = new Option<string>("--format", "-f") { Description = "pretty or json.", DefaultValueFactory = _ => "pretty" };
        format.AcceptOnlyFromAmong("pretty", "json");
        var command = new Command("explain", "Explain the decision of a run.") { bundle, all, format };
        VerbAction.Set(command, host, ExitCode.Error, (result, token) =>
        {
            var folder = result.GetValue(bundle)!;
            var context = Path.Combine(folder, "context.json");
            if (!File.Exists(context) || !Directory.Exists(Path.Combine(folder, "policies")))
            {
                throw new BundleException($"'{folder}' holds no context.json and policies/: name the directory of a run that came to its gate.");
            }

            var files = PolicyFiles.Load([Path.Combine(folder, "policies")], []);
            var recorder = new ExplanationRecorder();
            var options = new EvaluateOptions { Data = files.Data, CancellationToken = token, Trace = recorder.Record };
            var decision = RegoEngine.Compile(files.Modules, new RegoOptions { Trace = true }).Prepare(Query).Evaluate(RegoValue.Parse(File.ReadAllBytes(context)), options);
            var bodies = recorder.Bodies.Where(b => result.GetValue(all) || b.Fired).ToList();
            host.Out.Write(result.GetValue(format) == "json"
                ? OpaEvalOutput.Json(decision, [("explanation", ExplanationText.Json(bodies))])
                : OpaEvalOutput.Pretty(decision) + "\n" + ExplanationText.Of(bodies));
            return Task.FromResult(0);
        });
        return command;
    }
}
