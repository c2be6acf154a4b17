using System.CommandLine;
using Kfm.Pipeline.Terminal;
using Kfm.Provenance;

namespace Kfm.Pipeline.Commands;

/// <summary>Gives a verb its action: bad data and Ctrl-C become one line on standard error and an exit code.</summary>
internal static class VerbAction
{
    public static void Set(Command command, HostEnvironment host, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction((result, token) => RunAsync(host, () => action(result, token), ExitCode.Error));

    /// <summary>The same with another exit code for bad data.</summary>
    public static void Set(Command command, HostEnvironment host, int error, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction((result, token) => RunAsync(host, () => action(result, token), error));

    private static async Task<int> RunAsync(HostEnvironment host, Func<Task<int>> action, int error)
    {
        try
        {
            return await action();
        }
        catch (OperationCanceledException)
        {
            await host.Error.WriteLineAsync("kfm: stopped; no bundle was written.");
            return ExitCode.Interrupted;
        }
        catch (Exception e) when (e is KfmException or IOException or UnauthorizedAccessException)
        {
            await host.Error.WriteLineAsync("kfm: " + e.Message);
            return error;
        }
    }
}
