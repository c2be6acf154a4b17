using Kfm.Ledger.Entries;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Signing;
using Kfm.Testing;

namespace Kfm.Ledger.Tests;

/// <summary>A log in a temporary folder, and entries to put into it.</summary>
internal sealed class LogFixture : IDisposable
{
    internal const string Origin = "log.example/kfm";
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly TemporaryDirectory _directory = new();
    private readonly bool _ownsKey;

    /// <summary>Creates a log's folder.</summary>
    /// <param name="key">The key of another log, which stays that log's; null for a new one.</param>
    public LogFixture(EcdsaSigningKey? key = null) => (_ownsKey, Key) = (key is null, key ?? EcdsaSigningKey.Create());

    internal EcdsaSigningKey Key { get; }

    internal string Path => _directory.Combine("new/log.db");

    internal NoteVerifier Verifier => new(Origin, Key.PublicKey);

    internal TransparencyLog Open() => TransparencyLog.Open(Options());

    internal LogOptions Options() => new() { Path = Path, Origin = Origin, Signer = Key, TimeProvider = new SteppingTimeProvider() };

    /// <summary>Opens the log, appends entries 0 to count - 1 in batches and closes it.</summary>
    internal void Fill(int count, int batch = 64)
    {
        using var log = Open();
        foreach (var chunk in Enumerable.Range(0, count).Chunk(batch))
        {
            log.Append([.. chunk.Select(i => Entry(i))]);
        }

        log.Checkpoint();
    }

    internal static LedgerEntry Entry(int number, string? key = null) => new()
    {
        Kind = (LedgerEntryKind)(number % 11),
        TraceId = new Guid(number / 4, 0, 0, new byte[8]),
        Repository = "https://git.example/repo",
        Subject = Digest.Of(BitConverter.GetBytes(number)),
        Links = [new LedgerLink("decision", Digest.Of("d"u8))],
        Time = Start.AddSeconds(number),
        Attributes = new Dictionary<string, string>(StringComparer.Ordinal) { ["b"] = "1", ["a"] = "é" },
        Key = key,
    };

    public void Dispose()
    {
        if (_ownsKey)
        {
            Key.Dispose();
        }

        _directory.Dispose();
    }
}
