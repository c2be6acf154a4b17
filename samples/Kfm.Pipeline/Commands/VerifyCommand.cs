using System.CommandLine;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Terminal;
using Kfm.Pipeline.Verification;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm verify</c>: everything of a bundle, offline, with the trust of the caller.</summary>
internal static class VerifyCommand
{
    public static Command Create(HostEnvironment host)
    {
        var directory = new Argument<string>("bundle") { Description = "The bundle directory." };
        var trust = new Option<string?>("--trust") { Description = "The trust file. Default: the keys in the user's state folder." };
        var json = new Option<bool>("--json") { Description = "Print the result as one JSON object." };
        var sigstore = new SigstoreOptionSet();
        var command = new Command("verify", "Re-check everything of a bundle offline.") { directory, trust, json };
        sigstore.AddTo(command);
        VerbAction.Set(command, host, (result, _) =>
        {
            using var bundle = RunBundle.Read(result.GetValue(directory)!);
            var report = BundleVerifier.Verify(bundle, result.GetValue(trust), host, sigstore.Read(result, host));
            if (result.GetValue(json))
            {
                host.Out.WriteLine(report.ToJson());
            }
            else
            {
                report.Print(new RunConsole(host.Out, host.Interactive));
            }

            return Task.FromResult(report.ExitCode);
        });
        return command;
    }
}
