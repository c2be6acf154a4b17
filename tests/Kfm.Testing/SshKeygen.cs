using System.Diagnostics;

namespace Kfm.Testing;

/// <summary>The real ssh-keygen, with keys in a temporary folder.</summary>
public sealed class SshKeygen : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    /// <summary>Why there is no ssh-keygen to test with; null when there is one.</summary>
    public static string? MissingReason { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, "ssh-keygen")))
        ? null
        : "ssh-keygen is not installed: Debian's package openssh-client has it.";

    /// <summary>The absolute path of a file in the folder.</summary>
    /// <param name="name">The name of the file.</param>
    public string PathOf(string name) => _folder.Combine(name);

    /// <summary>Makes a key without a passphrase.</summary>
    /// <param name="name">The name of its file.</param>
    /// <param name="type">The type, as ssh-keygen names it.</param>
    /// <param name="bits">The bits, or null for the default.</param>
    /// <returns>The line of the public key.</returns>
    public string Create(string name, string type, int? bits = null)
    {
        Run(null, ["-q", "-t", type, "-N", "", "-C", "a comment", "-f", PathOf(name), .. bits is { } b ? new[] { "-b", b.ToString(System.Globalization.CultureInfo.InvariantCulture) } : []]);
        return File.ReadAllText(PathOf(name + ".pub")).Trim();
    }

    /// <summary>Signs a message.</summary>
    /// <param name="name">The name of the key.</param>
    /// <param name="space">The namespace.</param>
    /// <param name="message">The message.</param>
    /// <param name="options">Further options, such as <c>-O hashalg=sha256</c>.</param>
    /// <returns>The signature in armor.</returns>
    public string Sign(string name, string space, byte[] message, params string[] options) => Run(message, ["-Y", "sign", .. options, "-f", PathOf(name), "-n", space]).Output;

    /// <summary>Runs ssh-keygen.</summary>
    /// <param name="input">Its standard input, or null.</param>
    /// <param name="arguments">The arguments.</param>
    public (int ExitCode, string Output) Run(byte[]? input, params string[] arguments)
    {
        var start = new ProcessStartInfo("ssh-keygen", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment.Remove("SSH_AUTH_SOCK");
        start.Environment["TZ"] = "UTC";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.BaseStream.Write(input ?? []);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        _ = error.GetAwaiter().GetResult();
        return (process.ExitCode, output);
    }

    /// <summary>Deletes the keys.</summary>
    public void Dispose() => _folder.Dispose();
}
