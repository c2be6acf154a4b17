using System.Globalization;
using Kfm.Ledger.Storage;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;
using Microsoft.Data.Sqlite;

namespace Kfm.Ledger.Witnesses;

/// <summary>
/// A witness of transparency logs (C2SP tlog-witness): it cosigns a checkpoint only when it is consistent with the last one that it
/// cosigned for that log, so that a log which shows two histories is found out.
/// </summary>
/// <remarks>
/// What it saw is on the device before it answers; comparing and writing are one transaction. Safe for use by several threads, and by several
/// processes on one file. A host maps <c>POST …/add-checkpoint</c> to <see cref="AddCheckpoint"/>.
/// </remarks>
public sealed class Witness : IWitnessEndpoint, IDisposable
{
    private readonly LogDatabase _database;
    private readonly IReadOnlyList<NoteSigner> _signers;
    private readonly ILookup<string, NoteVerifier> _logs;
    private readonly Lock _gate = new();

    private Witness(LogDatabase database, WitnessOptions options)
    {
        _database = database;
        _signers = options.Signers;
        _logs = options.Logs.ToLookup(l => l.Name, StringComparer.Ordinal);
    }

    /// <summary>Opens a witness.</summary>
    /// <param name="options">Whom it cosigns, and where it keeps what it saw.</param>
    /// <exception cref="LedgerException">The file cannot be opened, or is not that of a witness.</exception>
    /// <exception cref="ArgumentException">There is no signer, one does not make cosignatures, or the path or the timeout makes no sense.</exception>
    public static Witness Open(WitnessOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (string.IsNullOrEmpty(options.Path) || options.BusyTimeout < TimeSpan.FromSeconds(1))
        {
            throw new ArgumentException("A witness needs a path and a busy timeout of at least a second.", nameof(options));
        }

        if (options.Signers.Count == 0 || options.Signers.Any(s => s.Verifier.Algorithm != NoteAlgorithm.Ed25519Cosignature))
        {
            throw new ArgumentException("A witness needs keys that make cosignatures.", nameof(options));
        }

        StoreFile.Create(options.Path);
        var database = new LogDatabase(options.Path, SqliteOpenMode.ReadWrite, options.BusyTimeout);
        try
        {
            database.First("PRAGMA journal_mode = WAL", row => row.GetString(0));
            database.Run("PRAGMA synchronous = FULL");
            database.Run("CREATE TABLE IF NOT EXISTS witnessed (origin TEXT PRIMARY KEY, size INTEGER NOT NULL, note TEXT NOT NULL) STRICT");
            return new Witness(database, options);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>The latest checkpoint that was cosigned for a log; null when there is none.</summary>
    /// <param name="origin">The origin of the log.</param>
    /// <exception cref="LedgerException">The file cannot be read.</exception>
    public string? Latest(string origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        lock (_gate)
        {
            return _database.First("SELECT note FROM witnessed WHERE origin = $1", row => row.GetString(0), origin);
        }
    }

    /// <summary>Answers a request.</summary>
    /// <param name="body">The body of the request; at most 1 MiB is read.</param>
    /// <exception cref="LedgerException">The file cannot be read or written; nothing was cosigned.</exception>
    public WitnessResponse AddCheckpoint(ReadOnlySpan<byte> body)
    {
        var (request, wrong) = AddCheckpointRequest.Read(body);
        if (request is null)
        {
            return WitnessResponse.Of(400, wrong!);
        }

        var (checkpoint, keys) = (request.Checkpoint, _logs[request.Checkpoint.Origin].ToList());
        if (keys.Count == 0)
        {
            return WitnessResponse.Of(404, "The log is not known.");
        }

        if (request.Note.Verify(keys).Reason is { } reason)
        {
            return WitnessResponse.Of(403, reason);
        }

        if (request.OldSize > checkpoint.Size || checkpoint.Size > long.MaxValue)
        {
            return WitnessResponse.Of(400, "The old size is beyond the checkpoint.");
        }

        if (request.Note.Signatures.Count + _signers.Count > SignedNote.MaxSignatures)
        {
            return WitnessResponse.Of(400, "The checkpoint has too many signatures for one more.");
        }

        lock (_gate)
        {
            return _database.Write(() => Compare(request));
        }
    }

    /// <inheritdoc/>
    public Task<WitnessResponse> AddCheckpointAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        Task.FromResult(AddCheckpoint(body.Span));

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _database.Dispose();
        }
    }

    private WitnessResponse Compare(AddCheckpointRequest request)
    {
        var note = _database.First("SELECT note FROM witnessed WHERE origin = $1", row => row.GetString(0), request.Checkpoint.Origin);
        var latest = note is null ? null : Checkpoints.StoredCheckpoint.Parse(note, "The latest checkpoint");
        var size = latest?.Size ?? 0;
        if (request.OldSize != size)
        {
            return new WitnessResponse(409, WitnessResponse.SizeType, size.ToString(CultureInfo.InvariantCulture) + "\n");
        }

        if (!IsConsistent(request, latest?.Root ?? MerkleHash.Empty))
        {
            return WitnessResponse.Of(422, "The checkpoint is not consistent with the latest one.");
        }

        var cosigned = request.Note.With(_signers).ToString();
        _database.Run(
            "INSERT INTO witnessed VALUES ($1, $2, $3) ON CONFLICT (origin) DO UPDATE SET size = excluded.size, note = excluded.note",
            request.Checkpoint.Origin,
            (long)request.Checkpoint.Size,
            cosigned);
        return WitnessResponse.Of(200, cosigned[request.Note.ToString().Length..]);
    }

    private static bool IsConsistent(AddCheckpointRequest request, MerkleHash latest) => request.Checkpoint.Root is { } root
        && (request.OldSize, request.Checkpoint.Size) switch
        {
            (0, 0) => request.Proof.Count == 0 && root == MerkleHash.Empty,
            (0, _) => request.Proof.Count == 0,
            var (old, size) => MerkleProof.VerifyConsistency(old, size, request.Proof, latest, root),
        };
}
