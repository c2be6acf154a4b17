using Kfm.Pipeline.Commands;
using Kfm.Pipeline.Terminal;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests;

/// <summary>Runs command lines in this process, with a state folder and writers of their own.</summary>
public sealed class KfmHost : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    /// <summary>The variables of the environment that hold keys of models.</summary>
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public string Folder => _folder.Path;

    public string State => _folder.Combine("state");

    /// <summary>The processor time that runs see.</summary>
    public Func<TimeSpan?> ProcessorTime { get; set; } = Kfm.Agent.Telemetry.ProcessorTime.Read;

    public string PathOf(string relative) => _folder.Combine(relative);

    public string Write(string relative, string text) => _folder.Write(relative, text);

    public Task<CommandResult> RunAsync(params string[] args) => RunCoreAsync(TimeProvider.System, args, CancellationToken.None);

    public Task<CommandResult> RunAsync(TimeProvider time, params string[] args) => RunCoreAsync(time, args, CancellationToken.None);

    public Task<CommandResult> RunAsync(string[] args, CancellationToken cancellationToken) => RunCoreAsync(TimeProvider.System, args, cancellationToken);

    private async Task<CommandResult> RunCoreAsync(TimeProvider time, string[] args, CancellationToken cancellationToken)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var input = new StringReader("");
        var host = new HostEnvironment(output, error, input, time, State, Interactive: false)
        {
            ProcessorTime = ProcessorTime,
            Variable = name => Variables.GetValueOrDefault(name),
        };
        var code = await KfmCommandLine.RunAsync(args, host, cancellationToken);
        return new CommandResult(code, output.ToString(), error.ToString());
    }

    public void Dispose() => _folder.Dispose();
}
