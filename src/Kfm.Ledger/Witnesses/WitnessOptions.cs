using Kfm.Provenance.Signing;

namespace Kfm.Ledger.Witnesses;

/// <summary>Whom a witness cosigns, and where it keeps what it saw.</summary>
public sealed record WitnessOptions
{
    /// <summary>The path of the SQLite file with the latest checkpoint of each log; created when it is not there.</summary>
    public required string Path { get; init; }

    /// <summary>The keys that cosign, at least one, made with a clock (<see cref="NoteAlgorithm.Ed25519Cosignature"/>).</summary>
    public required IReadOnlyList<NoteSigner> Signers { get; init; }

    /// <summary>The keys of the logs; the name of a key is the origin of its log.</summary>
    public required IReadOnlyCollection<NoteVerifier> Logs { get; init; }

    /// <summary>How long to wait for another process that writes the file; whole seconds, at least 1.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
