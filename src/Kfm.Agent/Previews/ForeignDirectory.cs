using Kfm.Agent.Processes;

namespace Kfm.Agent.Previews;

/// <summary>Removes directories in which foreign commands ran.</summary>
internal static class ForeignDirectory
{
    private const int Attempts = 10;

    /// <summary>Removes a directory and all in it; links are not followed.</summary>
    /// <param name="root">The directory.</param>
    /// <param name="runner">Runs <c>rm</c>, which also knows names that are not UTF-8.</param>
    public static async Task RemoveAsync(string root, ProcessRunner runner)
    {
        for (var attempt = 1; Directory.Exists(root); attempt++)
        {
            try
            {
                Directory.Delete(root, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && attempt < Attempts)
            {
                // A command took its own rights away, left a strange name, or was just killed and still ends.
                Unlock(root);
                await Task.Delay(20 * attempt).ConfigureAwait(false);
                if (!OperatingSystem.IsWindows())
                {
                    await runner.RunAsync(new ProcessRequest("/bin/rm", ["-rf", "--", root], "/"), CancellationToken.None).ConfigureAwait(false);
                }
            }
        }
    }

    private static void Unlock(string root)
    {
        var folders = new Stack<string>([root]);
        while (!OperatingSystem.IsWindows() && folders.TryPop(out var folder))
        {
            try
            {
                File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                foreach (var child in new DirectoryInfo(folder).EnumerateDirectories().Where(child => child.LinkTarget is null))
                {
                    folders.Push(child.FullName);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The next attempt to remove it says what is wrong.
            }
        }
    }
}
