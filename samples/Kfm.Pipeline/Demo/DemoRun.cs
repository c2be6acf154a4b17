using System.Globalization;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Commands;
using Kfm.Pipeline.Stages;
using Kfm.Pipeline.Terminal;
using Kfm.Pipeline.Verification;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Demo;

/// <summary>Takes three proposals through the pipeline and verifies what they left.</summary>
internal sealed class DemoRun(HostEnvironment host, string directory)
{
    /// <summary>Who asks in the demo.</summary>
    public const string Author = "person:author";

    // Says that the directory was made by a demo, so that the next one may replace it.
    private const string Marker = ".kfm-demo";
    private readonly RunConsole _console = new(host.Out, host.Interactive);
    private readonly List<IReadOnlyList<string>> _rows = [];

    /// <summary>Runs the demo: 0 when all three end as they must.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var clock = System.Diagnostics.Stopwatch.GetTimestamp();
        Prepare();
        var keys = DemoKeys.Create(Path.Combine(directory, "keys"));
        using var repository = await DemoRepository.CreateAsync(keys, cancellationToken);
        var ok = true;
        foreach (var proposal in DemoProposal.All)
        {
            ok &= await TakeAsync(proposal, repository, keys, cancellationToken);
        }

        _console.Table(["proposal", "run", "approved", "verify", "now"], _rows);
        var took = System.Diagnostics.Stopwatch.GetElapsedTime(clock);
        _console.Line(string.Create(CultureInfo.InvariantCulture, $"{(ok ? "all three ended as they must" : "a proposal did not end as it must")}, {took.TotalSeconds:0.0} s"));
        _console.Line($"look at {Path.Combine(directory, "review", BundleFiles.Report)}");
        return ok ? ExitCode.Allow : ExitCode.Error;
    }

    private void Prepare()
    {
        if (File.Exists(Path.Combine(directory, Marker)))
        {
            Directory.Delete(directory, recursive: true);
        }

        if (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
        {
            throw new BundleException($"'{directory}' exists, is not empty and was not made by a demo; name another directory.");
        }

        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, Marker), "Made by kfm demo; the next demo replaces this directory.\n");
    }

    private async Task<bool> TakeAsync(DemoProposal proposal, DemoRepository repository, DemoKeys keys, CancellationToken cancellationToken)
    {
        var bundle = Path.Combine(directory, proposal.Name);
        _console.Line($"{proposal.Name}: {proposal.Intent}");
        var code = await new PipelineHost(host with { Compact = true }, Options(proposal, repository, keys, bundle)).RunAsync("run", StageSet.All(), cancellationToken);
        var trust = Trust(repository, keys);
        var approved = "";
        if (code == ExitCode.Review)
        {
            var outcome = new ApprovalRequest(bundle, "lead", keys.PathOf("lead")) { Trust = trust, Ledger = Ledger, LogKey = keys.Log }.Execute(host);
            _console.Field("lead", outcome.Message);
            approved = outcome.ExitCode == ExitCode.Allow ? "by lead" : "no";
        }

        using var made = RunBundle.Read(bundle);
        var report = BundleVerifier.Verify(made, trust, host);
        foreach (var finding in report.Findings)
        {
            _console.Field("found", finding.ToString());
        }

        _console.Line();

        _rows.Add([proposal.Name, Word(code), approved, report.Result, report.Effective]);
        return code == proposal.Expected
            && report.IsVerified
            && report.Effective == (proposal.Expected == ExitCode.Deny ? "deny" : "allow");
    }

    private string Ledger => Path.Combine(directory, "ledger.db");

    private RunOptions Options(DemoProposal proposal, DemoRepository repository, DemoKeys keys, string bundle) => new()
    {
        Repository = repository.Path,
        Out = bundle,
        ReplayFile = repository.Replay,
        Intent = proposal.Intent,
        Author = Author,
        RunId = "demo-" + proposal.Name,
        Ledger = Ledger,
        Key = keys.Signing,
        LogKey = keys.Log,
        Hidden = [Path.Combine(directory, "keys")],
    };

    // What the people of the project would hand to a stranger: written from keys and base, never from a bundle.
    private string Trust(DemoRepository repository, DemoKeys keys)
    {
        var path = Path.Combine(directory, "trust.json");
        var log = new NoteVerifier(LedgerAccess.Origin(repository.Uri), keys.Public("log"));
        File.WriteAllBytes(path, TrustFile.Write([keys.Public("signing")], [log], keys.PeopleFile(), repository.PolicySet));
        return path;
    }

    private static string Word(int code) => code switch
    {
        ExitCode.Allow => "allow",
        ExitCode.Review => "review",
        ExitCode.Deny => "deny",
        _ => "error",
    };
}
