using System.Diagnostics;
using System.Globalization;

namespace Kfm.Testing;

/// <summary>
/// A git repository in a temporary folder, made with the real git under a fixed identity and fixed dates: the same calls give
/// the same commit ids on every machine.
/// </summary>
public sealed class GitRepository : IDisposable
{
    private static readonly DateTimeOffset FirstCommit = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TemporaryDirectory _folder = new();
    private int _commits;

    /// <summary>Creates an empty repository whose branch is <c>main</c>.</summary>
    public GitRepository() => Run("init", "--quiet", "--initial-branch=main");

    /// <summary>The absolute path of the work tree.</summary>
    public string Path => _folder.Path;

    /// <summary>The id of the present commit: 40 hexadecimal digits.</summary>
    public string Head => Run("rev-parse", "HEAD").TrimEnd();

    /// <summary>Writes a text file into the work tree.</summary>
    /// <param name="relative">The path below the work tree, with <c>/</c>.</param>
    /// <param name="text">The content.</param>
    /// <returns>The absolute path of the file.</returns>
    public string Write(string relative, string text) => _folder.Write(relative, text);

    /// <summary>Commits all that lies in the work tree; each commit is one minute after the one before.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The id of the commit.</returns>
    public string Commit(string message)
    {
        Run("add", "--all");
        Run("commit", "--quiet", "--allow-empty", "-m", message);
        _commits++;
        return Head;
    }

    /// <summary>Runs git in the work tree.</summary>
    /// <param name="arguments">The arguments, not quoted.</param>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="InvalidOperationException">git failed; the message holds what it wrote.</exception>
    public string Run(params string[] arguments)
    {
        using var git = Process.Start(StartInfo(arguments)) ?? throw new InvalidOperationException("git did not start.");
        var error = git.StandardError.ReadToEndAsync();
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: exit {git.ExitCode}: {error.GetAwaiter().GetResult()}");
    }

    /// <summary>Deletes the repository.</summary>
    public void Dispose()
    {
        // git marks its objects read-only, which stops a recursive delete on some systems. A link in the work tree may lead anywhere.
        var own = System.IO.Path.Combine(Path, ".git");
        foreach (var file in Directory.Exists(own) ? Directory.EnumerateFiles(own, "*", SearchOption.AllDirectories) : [])
        {
            File.SetAttributes(file, FileAttributes.Normal);
        }

        _folder.Dispose();
    }

    private ProcessStartInfo StartInfo(string[] arguments)
    {
        var date = FirstCommit.AddMinutes(_commits).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in new[]
        {
            ("GIT_AUTHOR_NAME", "Kfm Test"), ("GIT_AUTHOR_EMAIL", "test@kfm.invalid"), ("GIT_AUTHOR_DATE", date),
            ("GIT_COMMITTER_NAME", "Kfm Test"), ("GIT_COMMITTER_EMAIL", "test@kfm.invalid"), ("GIT_COMMITTER_DATE", date),
            ("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_TERMINAL_PROMPT", "0"), ("LC_ALL", "C"),
        })
        {
            start.Environment[name] = value;
        }

        foreach (var inherited in new[] { "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE" })
        {
            start.Environment.Remove(inherited);
        }

        return start;
    }
}
