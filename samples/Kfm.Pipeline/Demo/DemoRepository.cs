using System.Text;
using Kfm.Agent.Codegen;
using Kfm.Agent.Git;
using Kfm.Agent.Intents;
using Kfm.Agent.Processes;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Stages;
using Kfm.Provenance.Digests;

namespace Kfm.Pipeline.Demo;

/// <summary>The sample in a temporary git repository, with the demo's people, and the recordings for its proposals.</summary>
internal sealed class DemoRepository : IDisposable
{
    private const string Target = "land-parcels";
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("kfm-demo-");
    private readonly ProcessRunner _processes = new(new ProcessTimer(TimeProvider.System));

    /// <summary>The work tree.</summary>
    public string Path => System.IO.Path.Combine(_root.FullName, Target);

    /// <summary>The file with the recorded answers.</summary>
    public string Replay => System.IO.Path.Combine(_root.FullName, "replay.json");

    // 2026-01-05T09:00:00Z
    private const string Identity = "Demo <demo@localhost> 1767603600 +0000";

    /// <summary>The URI of the repository.</summary>
    public string Uri { get; private set; } = "";

    /// <summary>The digest of the policies of its base.</summary>
    public Digest PolicySet { get; private set; }

    /// <summary>Copies the sample, commits it and records the answers.</summary>
    public static async Task<DemoRepository> CreateAsync(DemoKeys keys, CancellationToken cancellationToken)
    {
        var demo = new DemoRepository();
        try
        {
            DirectoryTree.Copy(SampleTarget.Find(Target), demo.Path);
            var people = System.IO.Path.Combine(demo.Path, ".kfm", "people.json");
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(people)!);
            await File.WriteAllBytesAsync(people, keys.PeopleFile(), cancellationToken);
            await demo.CommitAsync(cancellationToken);
            await demo.RecordAsync(cancellationToken);
            return demo;
        }
        catch
        {
            demo.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_root.Exists)
        {
            _root.Delete(recursive: true);
        }
    }

    private async Task CommitAsync(CancellationToken cancellationToken)
    {
        var git = new GitCommand(_processes, Path);
        await git.RunAsync(["init", "--quiet", "--initial-branch=main", "--template=", "."], cancellationToken);
        await git.RunAsync(["add", "--all", "--", "."], cancellationToken);
        var tree = await git.LineAsync(["write-tree"], cancellationToken);

        // Written by hand, because git commit takes the time of the machine, and with it two demos would build different bytes.
        var commit = Encoding.UTF8.GetBytes($"tree {tree}\nauthor {Identity}\ncommitter {Identity}\n\nStart\n");
        var written = await git.RunAsync(["hash-object", "-t", "commit", "-w", "--stdin"], commit, cancellationToken);
        await git.RunAsync(["update-ref", "refs/heads/main", Encoding.UTF8.GetString(written.Span).Trim()], cancellationToken);
    }

    // The request is a function of intent, design and base, so the recordings are made for exactly these.
    private async Task RecordAsync(CancellationToken cancellationToken)
    {
        var at = await RepositoryBase.OpenAsync(_processes, Path, "HEAD", cancellationToken);
        (Uri, PolicySet) = (at.Uri, at.Policies.Digest);
        var recordings = ReplayFile.Empty;
        foreach (var proposal in DemoProposal.All)
        {
            var intent = new Intent(proposal.Intent, "command-line", null, DemoRun.Author, at.Epoch);
            var structured = IntentClassifier.Classify(intent, [.. at.Settings.Components.Select(c => c.Name)]);
            var design = await BaseDesign.CreateAsync(at, structured, cancellationToken);
            var request = await AgentRequest.CreateAsync(at, structured, design.Text, _ => { }, cancellationToken);
            recordings = recordings.Record(request, new CodegenResponse(Answer(proposal.Name), "demo-1"));
        }

        await File.WriteAllBytesAsync(Replay, recordings.ToBytes(), cancellationToken);
    }

    // No secret stands in the sources, not even an invented one: its form is made when the demo runs.
    private static string Answer(string name) =>
        SampleTarget.Answer(name).Replace("@SECRET@", "ghp_" + Digest.Of(Encoding.UTF8.GetBytes(name)).Hex[..36], StringComparison.Ordinal);
}
