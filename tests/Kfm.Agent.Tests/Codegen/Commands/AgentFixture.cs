using Kfm.Agent.Codegen;
using Kfm.Agent.Codegen.Commands;
using Kfm.Agent.Configuration;
using Kfm.Agent.Git;
using Kfm.Agent.Previews;
using Kfm.Agent.Processes;
using Kfm.Gates.Scanning;
using Kfm.Testing;

namespace Kfm.Agent.Tests.Codegen.Commands;

/// <summary>A repository, and shell scripts that play agents in it.</summary>
internal sealed class AgentFixture : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly ProcessRunner _runner = new(new ProcessTimer(TimeProvider.System));

    public AgentFixture()
    {
        Git.Write("a.txt", "one\ntwo\n");
        Git.Write("docs/b.md", "b\n");
        Git.Write(".gitignore", "out/\n*.tmp\n");
        File.CreateSymbolicLink(Path.Combine(Git.Path, "link"), "a.txt");
        Base = Git.Commit("base");
        Directory.CreateDirectory(_folder.Combine("scratch"));
        HostEnvironment["PATH"] = "/usr/local/bin:/usr/bin:/bin";
        HostEnvironment["HOME"] = Path.GetDirectoryName(_folder.Write("hosthome/.ssh-key", "host key"))!;
    }

    public GitRepository Git { get; } = new();

    public string Base { get; }

    public Dictionary<string, string> HostEnvironment { get; } = new(StringComparer.Ordinal);

    public AgentSettings Settings { get; set; } = new() { TimeoutSeconds = 60 };

    public CommandLimits Limits { get; set; } = new();

    public KnownSecrets Known { get; set; } = KnownSecrets.None;

    public List<string> Hidden { get; } = [];

    public string Scratch => _folder.Combine("scratch");

    public string Write(string name, string text) => _folder.Write(name, text);

    /// <summary>Runs a script as an agent.</summary>
    public async Task<CodegenResponse> RunAsync(string script, IsolationKind kind = IsolationKind.Bubblewrap, CancellationToken cancellationToken = default)
    {
        var model = new CommandModel(await OptionsAsync(["/bin/sh", "-eu", "-c", script], kind));
        return await model.CompleteAsync(new CodegenRequest("PROMPT TEXT\n", "command:sh", 1337), cancellationToken);
    }

    /// <summary>Why the agent left no proposal.</summary>
    public async Task<string> RefusalAsync(string script, IsolationKind kind = IsolationKind.Bubblewrap) =>
        (await Assert.ThrowsAsync<CommandAgentException>(() => RunAsync(script, kind))).Message;

    public async Task<CommandOptions> OptionsAsync(string[] command, IsolationKind kind = IsolationKind.Bubblewrap) => new()
    {
        Command = new CommandLine(command),
        Settings = Settings,
        Sandbox = await Sandbox.ProbeAsync(_runner, _folder.Path, kind),
        Source = await SourceRepository.OpenAsync(_runner, Git.Path),
        BaseCommit = Base,
        Intent = "INTENT",
        Design = "DESIGN",
        HostEnvironment = HostEnvironment,
        ScratchRoot = Scratch,
        HiddenPaths = Hidden,
        Known = Known,
        Limits = Limits,
    };

    public void Dispose()
    {
        Git.Dispose();
        _folder.Dispose();
    }
}
