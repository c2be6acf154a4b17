using Kfm.Ledger;
using Kfm.Pipeline.Terminal;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Stages;

/// <summary>Opens the ledger of a repository: one log each, named by the repository.</summary>
internal static class LedgerAccess
{
    private static readonly string[] Endings = ["", "-wal", "-shm", ".checkpoint", ".lock"];

    /// <summary>The file of a log and those that may lie beside it.</summary>
    public static IEnumerable<string> FilesOf(string path) => Endings.Select(ending => path + ending);

    /// <summary>The origin of a repository's log.</summary>
    public static string Origin(string repository) => "kfm.dev/ledger/" + Name(repository);

    /// <summary>The file of a repository's log: the one given, else the user's own.</summary>
    public static string PathOf(string? given, string repository, HostEnvironment host) =>
        given ?? Path.Combine(host.StateFolder, "ledgers", Name(repository) + ".db");

    /// <summary>Opens a log to append to and to sign.</summary>
    public static TransparencyLog Open(string path, string repository, SigningKey signer, HostEnvironment host) => TransparencyLog.Open(new LogOptions
    {
        Path = path,
        Origin = Origin(repository),
        Signer = signer,
        TimeProvider = host.Time,
        BusyTimeout = TimeSpan.FromSeconds(30),
    });

    /// <summary>Opens the log of a run and closes it again, so that one that cannot be written is found before the run.</summary>
    public static void Probe(RunOptions options, string repository, HostEnvironment host)
    {
        var path = PathOf(options.Ledger, repository, host);
        using var key = StateKeys.Log(options.LogKey, host.StateFolder);
        Open(path, repository, key, host).Dispose();
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
    }

    /// <summary>Opens a log to read, or to append without signing.</summary>
    public static TransparencyLog Existing(string path, HostEnvironment host) =>
        TransparencyLog.Open(new LogOptions { Path = path, TimeProvider = host.Time });

    private static string Name(string repository) => Digest.Of(System.Text.Encoding.UTF8.GetBytes(repository)).Hex[..16];
}
