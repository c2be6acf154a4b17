using System.CommandLine;
using System.Text;
using Kfm.Pipeline.Terminal;
using Kfm.Provenance.Manifests;
using Kfm.Provenance.Packaging;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm manifest</c>: what a folder or an archive holds, whether it is as a list says, and why it differs from another.</summary>
internal static class ManifestCommand
{
    public static Command Create(HostEnvironment host)
    {
        var path = new Argument<string>("path") { Description = "A folder, or a zip, nupkg, jar, whl, tar or tar.gz file." };
        var format = new Option<string>("--format") { Description = "json, sha256sums, git-tree or git-tree-sha256.", DefaultValueFactory = _ => "json" };
        format.AcceptOnlyFromAmong("json", "sha256sums", "git-tree", "git-tree-sha256");
        var ignore = new Option<string[]>("--ignore") { Description = "What is left out, in the language of .gitignore; may be given several times." };
        var verify = new Option<string?>("--verify") { Description = "A manifest or a list of SHA-256 sums that the path must be equal to." };
        var diff = new Option<string?>("--diff") { Description = "Another folder or archive; says where the two differ and why." };
        var json = new Option<bool>("--json") { Description = "Print differences as one JSON object." };
        var command = new Command("manifest", "Tell what a folder or an archive holds; verify or compare it.") { path, format, ignore, verify, diff, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(verify) is not null && result.GetValue(diff) is not null)
            {
                result.AddError("--verify and --diff exclude each other.");
            }
        });
        VerbAction.Set(command, host, (result, token) =>
        {
            var options = new ManifestOptions { Ignore = result.GetValue(ignore) is { Length: > 0 } patterns ? new(patterns) : null, CancellationToken = token };
            var subject = new ManifestSubject(result.GetValue(path)!, options);
            if ((result.GetValue(verify), result.GetValue(diff)) is not (null, null) and var (list, other))
            {
                return Task.FromResult(Report(host, result.GetValue(json), list is not null ? subject.Verify(list) : subject.Compare(other!)));
            }

            Print(host, result.GetValue(format)!, subject);
            return Task.FromResult(ExitCode.Allow);
        });
        return command;
    }

    private static void Print(HostEnvironment host, string format, ManifestSubject subject) => host.Out.Write(format switch
    {
        "json" => Encoding.UTF8.GetString(subject.Manifest().ToJson()),
        "sha256sums" => Encoding.UTF8.GetString(Sha256Sums.OfManifest(subject.Manifest()).ToBytes()),
        "git-tree" => subject.GitTree(GitObjectFormat.Sha1) + "\n",
        _ => subject.GitTree(GitObjectFormat.Sha256) + "\n",
    });

    private static int Report(HostEnvironment host, bool json, IReadOnlyList<ManifestDifference> differences)
    {
        if (json)
        {
            host.Out.WriteLine(DifferenceJson.Write("manifest", differences));
        }
        else
        {
            foreach (var difference in differences)
            {
                host.Out.WriteLine(difference);
            }
        }

        return differences.Count == 0 ? ExitCode.Allow : ExitCode.Deny;
    }
}
