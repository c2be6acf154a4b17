using System.CommandLine;
using System.Globalization;
using System.Text;
using Kfm.Agent.Autonomy;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Terminal;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm rollout</c>: prints the plan by which a proposal is to be rolled out. It executes nothing.</summary>
internal static class RolloutCommand
{
    public static Command Create(HostEnvironment host)
    {
        var directory = new Argument<string>("bundle") { Description = "The bundle directory." };
        var json = new Option<bool>("--json") { Description = "Print rollout.json as it stands." };
        var command = new Command("rollout", "Print the rollout plan of a bundle.") { directory, json };
        VerbAction.Set(command, host, (result, _) =>
        {
            using var bundle = RunBundle.Read(result.GetValue(directory)!);
            var bytes = bundle.Bytes(BundleFiles.Rollout);
            var plan = RolloutFile.Parse(bytes);
            if (result.GetValue(json))
            {
                host.Out.Write(Encoding.UTF8.GetString(bytes));
            }
            else
            {
                Print(new RunConsole(host.Out, host.Interactive), plan);
            }

            return Task.FromResult(ExitCode.Allow);
        });
        return command;
    }

    private static void Print(RunConsole console, RolloutPlan plan)
    {
        console.Field("tier", plan.Tier.ToString().ToLowerInvariant());
        console.Field("steps", plan.Summary);
        console.Field("back if", string.Join(", ", plan.Triggers.Select(Text)));
        console.Field("reseal", $"approved by {string.Join(", ", plan.Reseal.Roles)}; reviews: {string.Join(", ", plan.Reseal.Reviews)}");
        console.Field("again", string.Join(", ", plan.Reseal.Steps.Select(RolloutPlan.Text)));
        console.Field("back if", string.Join(", ", plan.Reseal.Triggers.Select(Text)));
    }

    private static string Text(RolloutTrigger trigger) => string.Create(
        CultureInfo.InvariantCulture,
        $"{trigger.Id} {(trigger.Above ? "above" : "below")} {trigger.Threshold}{(trigger.Unit == "1" ? "" : " " + trigger.Unit)}{(trigger.WithinSeconds is { } time ? $" within {time} s" : "")}");
}
