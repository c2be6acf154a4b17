using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Kfm.Testing;

/// <summary>
/// A PostgreSQL cluster of its own in a temporary folder, on a free port of the loopback. The server refuses to run as root, so root starts it as the user
/// <c>postgres</c>. The programs come from <c>KFM_POSTGRES_BIN</c>, or the newest below <c>/usr/lib/postgresql</c>.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly string _data;
    private readonly int _port;
    private int _schemas;

    /// <summary>Makes the cluster and starts it; does nothing where PostgreSQL is not installed.</summary>
    public PostgresServer()
    {
        if (MissingReason is not null)
        {
            _data = "";
            return;
        }

        _data = _directory.Combine("data");
        _port = FreePort();
        if (Environment.UserName == "root")
        {
            Run("chown", "postgres", _directory.Path);
        }

        AsOwner("initdb", "-D", _data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale");
        Start();
    }

    /// <summary>Why there is no server to test with; null when there is one.</summary>
    public static string? MissingReason { get; } = FindPrograms() is null
        ? "PostgreSQL is not installed: Debian's package postgresql has it, or name its programs by KFM_POSTGRES_BIN."
        : null;

    /// <summary>How to reach the server.</summary>
    public string ConnectionString => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres;Maximum Pool Size=20;Timeout=10;Command Timeout=30");

    /// <summary>The name of a schema that no other test has.</summary>
    public string NewSchema() => string.Create(CultureInfo.InvariantCulture, $"log_{Interlocked.Increment(ref _schemas)}");

    /// <summary>Starts the server again after <see cref="Crash"/>.</summary>
    public void Start() => AsOwner(
        "pg_ctl", "-D", _data, "-w", "-l", Path.Combine(_data, "server.log"), "-o",
        string.Create(CultureInfo.InvariantCulture, $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_data} -c max_connections=300"), "start");

    /// <summary>Ends the server at once, without writing what it has in memory.</summary>
    public void Crash() => AsOwner("pg_ctl", "-D", _data, "-w", "-m", "immediate", "stop");

    /// <summary>Stops the server and deletes the cluster.</summary>
    public void Dispose()
    {
        if (_data.Length > 0)
        {
            Crash();
        }

        _directory.Dispose();
    }

    private static string? FindPrograms()
    {
        if (Environment.GetEnvironmentVariable("KFM_POSTGRES_BIN") is { Length: > 0 } named)
        {
            return named;
        }

        const string Installed = "/usr/lib/postgresql";
        return Directory.Exists(Installed)
            ? Directory.EnumerateDirectories(Installed)
                .Where(d => File.Exists(Path.Combine(d, "bin", "initdb")))
                .MaxBy(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var version) ? version : 0) is { } newest
                    ? Path.Combine(newest, "bin")
                    : null
            : null;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void AsOwner(string program, params string[] arguments)
    {
        var path = Path.Combine(FindPrograms()!, program);
        if (Environment.UserName == "root")
        {
            Run("runuser", ["-u", "postgres", "--", path, .. arguments]);
        }
        else
        {
            Run(path, arguments);
        }
    }

    // The output is not captured: the server would hold the pipe open.
    private static void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments]) { UseShellExecute = false, WorkingDirectory = "/" };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with exit code {process.ExitCode}.");
        }
    }
}
