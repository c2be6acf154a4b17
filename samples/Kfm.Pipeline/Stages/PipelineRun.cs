using System.Globalization;
using Kfm.Agent.Git;
using Kfm.Agent.Intents;
using Kfm.Agent.Previews;
using Kfm.Agent.Processes;
using Kfm.Gates.Scanning;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.GitHub;
using Kfm.Pipeline.Terminal;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Stages;

/// <summary>What the stages of one run share: the bundle under work, the open layer of the record, the base, the clock, the scratch directory.</summary>
internal sealed class PipelineRun : IAsyncDisposable
{
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("kfm-");
    private readonly Dictionary<Stage, StageRecord> _records = [];
    private RepositoryBase? _base;
    private LocalSigningKey? _signingKey;
    private EphemeralClone? _clone;
    private PreviewWorkspace? _workspace;
    private Intent? _intent;
    private KnownSecrets? _known;
    private GitHubSession? _gitHub;

    private PipelineRun(HostEnvironment host, RunOptions options, RunBundle bundle, EvidenceBuilder evidence)
    {
        (Host, Options, Bundle, Evidence) = (host, options, bundle, evidence);
        Redaction = new RecordText(
            [(bundle.Root, "bundle"), (_scratch.FullName, "work"), (FullOrEmpty(options.Repository), "repo"), (Token(host, options), "token")], text => Known.Redact(text));
        PullRequest = options.PullRequest;
    }

    /// <summary>What the process gives.</summary>
    public HostEnvironment Host { get; }

    /// <summary>What the caller asks for.</summary>
    public RunOptions Options { get; }

    /// <summary>The bundle under work.</summary>
    public RunBundle Bundle { get; }

    /// <summary>The open layer of the record.</summary>
    public EvidenceBuilder Evidence { get; }

    /// <summary>Starts child processes. The timer is a diagnostic, so it has the machine's clock whatever clock the record has.</summary>
    public ProcessRunner Processes { get; } = new(new ProcessTimer(TimeProvider.System));

    /// <summary>A directory that goes when the run ends.</summary>
    public string Scratch => _scratch.FullName;

    /// <summary>The program itself, as an actor.</summary>
    public Actor Software { get; } = new(ActorKind.Software, "software:kfm", typeof(PipelineRun).Assembly.GetName().Version?.ToString(3));

    /// <summary>Makes texts fit for the record.</summary>
    public RecordText Redaction { get; }

    /// <summary>Values of the environment that are secret, by the names of their variables or because an agent sees them.</summary>
    public KnownSecrets Known => _known ??= HostSecrets.Of(HostVariables.All(), _base?.Settings);

    /// <summary>The id of the workflow run.</summary>
    public string WorkflowRun { get; private set; } = "";

    /// <summary>The number of the pull request, or null; once the draft is open, its own.</summary>
    public string? PullRequest { get; set; }

    /// <summary>The connection to GitHub, or null when the caller asks for none.</summary>
    public GitHubSession? GitHub => Options.GitHub is { } request ? _gitHub ??= GitHubSession.Open(Host, request) : null;

    /// <summary>The exit code that the pull request asks for where the verdict is allow: it could not be written, or stands at another head.</summary>
    public int PullRequestCode { get; set; }

    /// <summary>The intent as the caller gave it.</summary>
    /// <exception cref="InvalidOperationException">The stage does not make the proposal.</exception>
    public Intent Intent => _intent ?? throw new InvalidOperationException("The stage has no intent.");

    /// <summary>The base commit.</summary>
    /// <exception cref="InvalidOperationException">The stage was started without a repository.</exception>
    public RepositoryBase Base => _base ?? throw new InvalidOperationException("The stage has no repository.");

    /// <summary>The base commit, or null when the stage was started without a repository.</summary>
    public RepositoryBase? BaseOrNull => _base;

    /// <summary>What the record is about, once the proposal has a head.</summary>
    public Trace? Trace => Evidence.Facts.OfType<Trace>().FirstOrDefault();

    /// <summary>The key that signs, made on first use.</summary>
    public LocalSigningKey SigningKey => _signingKey ??= StateKeys.Signing(Options.Key, Host.StateFolder);

    /// <summary>The secret paths that the commands of a repository must find empty: keys, the ledger and what lies beside it, state.</summary>
    public IReadOnlyList<string> HiddenPaths => [.. LedgerFiles.Append(Options.Key).Append(Options.LogKey).Append(Host.StateFolder).Concat(Options.Hidden)
        .OfType<string>().Where(Path.Exists).Select(Path.GetFullPath).Distinct(StringComparer.Ordinal)];

    /// <summary>Opens a run for a new proposal.</summary>
    public static async Task<PipelineRun> StartAsync(HostEnvironment host, RunOptions options, RunBundle bundle, CancellationToken cancellationToken)
    {
        var run = new PipelineRun(host, options, bundle, new EvidenceBuilder());
        try
        {
            var revision = options.Base ?? await BaseRevision.DefaultAsync(run.Processes, options, cancellationToken);
            run._base = await RepositoryBase.OpenAsync(run.Processes, options.Repository, revision, cancellationToken);
            run.WorkflowRun = options.RunId ?? run.Now().UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
            run._intent = IntentInput.Read(options.Intent!, options.Author, run.Now());
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a run that goes on with a bundle.</summary>
    public static async Task<PipelineRun> ResumeAsync(HostEnvironment host, RunOptions options, RunBundle bundle, CancellationToken cancellationToken)
    {
        var run = new PipelineRun(host, options, bundle, OpenLayer.Read(bundle));
        try
        {
            var trace = run.Trace ?? throw new BundleException("evidence.json has no trace; run propose first.");
            run.WorkflowRun = trace.WorkflowRun;
            if (options.Repository.Length > 0)
            {
                run._base = await RepositoryBase.OpenAsync(run.Processes, options.Repository, trace.BaseCommit, cancellationToken);
            }

            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>The time of the record: UTC, whole milliseconds.</summary>
    public DateTimeOffset Now() => EvidenceTime.Truncate(Host.Time.GetUtcNow());

    /// <summary>The record of a stage, from its start on.</summary>
    public StageRecord Begin(Stage stage) => _records[stage] = new StageRecord(this, new RunKey(stage));

    /// <summary>The record of a stage that has begun.</summary>
    public StageRecord Record(Stage stage) => _records[stage];

    /// <summary>A text without paths of the machine and without secrets, in one line.</summary>
    public string Redact(string text) => Redaction.Clean(text);

    /// <summary>The first value of a label that an earlier stage recorded, or null.</summary>
    public string? Label(string name) => new FactQuery(Evidence.Facts).Label(name);

    /// <summary>Says what the record is about: the head of the proposal, or the base where there is none.</summary>
    public void SetTrace(string head) => Evidence.Add(new Trace(
        Base.Uri, Base.Commit, head, PullRequest, WorkflowRun, Options.Attempt, Base.Policies.Digest));

    /// <summary>A private clone at the base.</summary>
    public async Task<EphemeralClone> CloneAsync(CancellationToken cancellationToken) =>
        _clone ??= await EphemeralClone.CreateAsync(Base.Source, Base.Commit, Scratch, cancellationToken);

    /// <summary>The trees in which the steps of the repository run; build and tests share them when they run in one process.</summary>
    public async Task<PreviewWorkspace> WorkspaceAsync(CancellationToken cancellationToken) =>
        _workspace ??= await HeadClone.WorkspaceAsync(this, cancellationToken);

    /// <summary>The intent as the first stage wrote it.</summary>
    public StructuredIntent StructuredIntent() => IntentFile.Parse(Bundle.Bytes(BundleFiles.Intent));

    /// <summary>Writes the open layer.</summary>
    public void SaveEvidence() => Bundle.Write(BundleFiles.Evidence, Evidence.ToJson());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_workspace is not null)
        {
            await _workspace.DisposeAsync();
        }

        if (_clone is not null)
        {
            await _clone.DisposeAsync();
        }

        _gitHub?.Dispose();
        _signingKey?.Dispose();
        if (_scratch.Exists)
        {
            _scratch.Delete(recursive: true);
        }
    }

    // Whatever a child or a server says, the token does not get into the record.
    private static string Token(HostEnvironment host, RunOptions options) => options.GitHub is { } request ? host.Variable(request.TokenVariable)?.Trim() ?? "" : "";

    private IEnumerable<string?> LedgerFiles => Options.Ledger is null ? [] : LedgerAccess.FilesOf(Options.Ledger);

    private static string FullOrEmpty(string path) => path.Length == 0 ? "" : Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
}
