using Kfm.Agent.Processes;

namespace Kfm.Agent.Previews;

/// <summary>Tries a sandbox out: whether a command runs in it, and whether the walls hold.</summary>
internal static class SandboxProbe
{
    private const string Answer = "walls hold";

    // Inside: the key has no bytes, nothing can be written beside the work, no route leads out, and the work can be written.
    private const string Script =
        "[ ! -s ../hidden/key ] && ! (: >../outside) 2>/dev/null && [ \"$(wc -l </proc/net/route)\" -le 1 ] && echo done >result && printf '" + Answer + "'";

    public static async Task<bool> HoldsAsync(Sandbox sandbox, string scratch, CancellationToken cancellationToken)
    {
        var root = Directory.CreateDirectory(Path.Combine(RealPath.Of(scratch), "probe-" + Path.GetRandomFileName()));
        try
        {
            var work = root.CreateSubdirectory("work");
            var hidden = root.CreateSubdirectory("hidden");
            await File.WriteAllTextAsync(Path.Combine(hidden.FullName, "key"), "secret", cancellationToken).ConfigureAwait(false);
            var command = new SandboxCommand(["/bin/sh", "-c", Script], work.FullName)
            {
                HiddenPaths = [hidden.FullName],
                ReadOnlyPaths = [root.FullName],
                Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin" },
                Timeout = TimeSpan.FromSeconds(20),
            };
            var result = await sandbox.RunAsync(command, cancellationToken).ConfigureAwait(false);
            return result.Succeeded
                && string.Equals(result.OutputText, Answer, StringComparison.Ordinal)
                && File.Exists(Path.Combine(work.FullName, "result"))
                && !File.Exists(Path.Combine(root.FullName, "outside"));
        }
        catch (ProcessStartException)
        {
            return false;
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }
}
