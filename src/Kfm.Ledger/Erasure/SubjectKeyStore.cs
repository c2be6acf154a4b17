using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kfm.Ledger.Entries;
using Kfm.Ledger.Storage;
using Kfm.Provenance.Digests;
using Microsoft.Data.Sqlite;

namespace Kfm.Ledger.Erasure;

/// <summary>
/// The keys of sealed fields, one for each person, in a SQLite file of their own. Destroying a key makes everything that was sealed under it
/// unreadable, while the log and its proofs stay as they are.
/// </summary>
/// <remarks>
/// Safe for use by several threads and processes. Freed pages are overwritten with zeroes, and the write-ahead log is emptied after a key is
/// destroyed. A copy of the file that was made before still has the key: keep copies short-lived, and the master key apart from them. A key that comes back
/// with a restored copy is destroyed again when the file is opened with its log.
/// </remarks>
public sealed class SubjectKeyStore : IDisposable
{
    private const long ApplicationId = 0x4B666D4B; // "KfmK"

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS pepper (id INTEGER PRIMARY KEY CHECK (id = 1), wrapped BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS keys (pseudonym BLOB PRIMARY KEY, wrapped BLOB) STRICT, WITHOUT ROWID;
        """;

    private readonly Lock _gate = new();
    private readonly LogDatabase _database;
    private readonly byte[] _master;
    private readonly string _origin;
    private byte[] _pepper = [];

    private SubjectKeyStore(LogDatabase database, ReadOnlySpan<byte> master, string origin)
    {
        _database = database;
        _master = master.ToArray();
        _origin = origin;
    }

    /// <summary>Opens the keys of a log, creates the file when it is not there, and destroys again what the log says was erased.</summary>
    /// <param name="options">Where the keys are.</param>
    /// <param name="log">The log whose fields they seal.</param>
    /// <exception cref="LedgerException">The file is not a key database of this format, is locked, or was wrapped by another master key.</exception>
    /// <exception cref="ArgumentException">The master key has not 32 bytes, or the timeout is below a second.</exception>
    public static SubjectKeyStore Open(SubjectKeyOptions options, TransparencyLog log)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(log);
        if (string.IsNullOrEmpty(options.Path) || options.MasterKey.Length != FieldCipher.KeyBytes || options.BusyTimeout < TimeSpan.FromSeconds(1))
        {
            throw new ArgumentException("Subject keys need a path, a master key of 32 bytes and a busy timeout of at least a second.", nameof(options));
        }

        PrivateFile.Create(options.Path);
        var keys = new SubjectKeyStore(
            new LogDatabase(options.Path, SqliteOpenMode.ReadWrite, options.BusyTimeout), options.MasterKey.Span, log.Origin);
        try
        {
            keys.Prepare();
            foreach (var erasure in log.FindByKind(LedgerEntryKind.Erasure))
            {
                keys.Destroy(erasure.Entry.Subject);
            }

            return keys;
        }
        catch
        {
            keys.Dispose();
            throw;
        }
    }

    /// <summary>The pseudonym of a person: HMAC-SHA-256 of the id under a secret of this file. It cannot be computed without the file.</summary>
    /// <param name="subjectId">The id of the person, such as <c>person:ada</c>.</param>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public Digest Pseudonym(string subjectId)
    {
        ArgumentException.ThrowIfNullOrEmpty(subjectId);
        return Digest.FromBytes(HMACSHA256.HashData(_pepper, Encoding.UTF8.GetBytes(subjectId)));
    }

    /// <summary>Seals personal facts into an entry that is not appended yet. Sealing the same again gives the same entry.</summary>
    /// <param name="entry">The entry; its clear facts must not change afterwards, for the boxes are bound to them.</param>
    /// <param name="fields">The facts.</param>
    /// <returns>The entry with the sealed fields added.</returns>
    /// <exception cref="LedgerException">A person was erased (<see cref="LedgerFault.Erased"/>), or the file cannot be read or written.</exception>
    /// <exception cref="ArgumentException">A name is empty or there twice, an id is empty, or a text is not Unicode.</exception>
    public LedgerEntry Seal(LedgerEntry entry, params IReadOnlyList<PersonalField> fields)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(fields);
        var result = new Dictionary<string, SealedField>(entry.Sealed, StringComparer.Ordinal);
        foreach (var field in fields)
        {
            ArgumentException.ThrowIfNullOrEmpty(field.Name, nameof(fields));
            var pseudonym = Pseudonym(field.SubjectId);
            var key = KeyFor(pseudonym);
            var box = FieldCipher.Seal(key, SealContext.Of(_origin, entry, pseudonym, field.Name), FieldCipher.Utf8(field.Text));
            CryptographicOperations.ZeroMemory(key);
            result.Add(field.Name, new SealedField(pseudonym, box));
        }

        return entry with { Sealed = result };
    }

    /// <summary>Opens a sealed field.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="name">The name of the field.</param>
    /// <exception cref="LedgerException">The file cannot be read.</exception>
    /// <exception cref="ArgumentException">The entry has no sealed field of that name.</exception>
    public OpenedField Read(LedgerEntry entry, string name)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(name);
        if (!entry.Sealed.TryGetValue(name, out var field))
        {
            throw new ArgumentException($"The entry has no sealed field '{name}'.", nameof(name));
        }

        var (isKnown, wrapped) = Stored(field.Subject);
        if (wrapped is null)
        {
            return new OpenedField(isKnown ? FieldState.Erased : FieldState.NoKey, null);
        }

        var key = Unwrap(wrapped, field.Subject);
        var text = FieldCipher.Text(FieldCipher.Open(key, SealContext.Of(_origin, entry, field.Subject, name), field.Box.Span));
        CryptographicOperations.ZeroMemory(key);
        return new OpenedField(text is null ? FieldState.Forged : FieldState.Readable, text);
    }

    /// <summary>Whether the key of a person is here, was destroyed, or never was here.</summary>
    /// <param name="pseudonym">The pseudonym of the person.</param>
    /// <exception cref="LedgerException">The file cannot be read.</exception>
    public FieldState StateOf(Digest pseudonym) => Stored(pseudonym) switch
    {
        (false, _) => FieldState.NoKey,
        (true, null) => FieldState.Erased,
        _ => FieldState.Readable,
    };

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            CryptographicOperations.ZeroMemory(_master);
            CryptographicOperations.ZeroMemory(_pepper);
            _database.Dispose();
        }
    }

    /// <summary>Destroys the key of a person; when it returns, no byte of it is in the file or beside it.</summary>
    internal void Destroy(Digest pseudonym)
    {
        lock (_gate)
        {
            if (StateOf(pseudonym) == FieldState.Erased)
            {
                EmptyJournal();
                return;
            }

            _database.Write(() => _database.Run("INSERT OR REPLACE INTO keys VALUES ($1, NULL)", Convert.FromHexString(pseudonym.Hex)));
            EmptyJournal();
        }
    }

    private void Prepare()
    {
        if (_database.First("PRAGMA journal_mode = WAL", row => row.GetString(0)) != "wal")
        {
            throw new LedgerException(LedgerFault.Storage, "The file system cannot keep a write-ahead log; put the keys on a local disk.");
        }

        _database.Run("PRAGMA synchronous = FULL");
        _database.First("PRAGMA secure_delete = ON", row => row.GetInt64(0));
        _pepper = _database.Write(() =>
        {
            if (_database.First("SELECT count(*) FROM sqlite_schema", row => row.GetInt64(0)) == 0)
            {
                _database.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
                _database.Run(Schema);
                _database.Run("INSERT INTO pepper VALUES (1, $1)", Wrap(RandomNumberGenerator.GetBytes(FieldCipher.KeyBytes), PepperName));
            }
            else if (_database.First("PRAGMA application_id", row => row.GetInt64(0)) != ApplicationId)
            {
                throw new LedgerException(LedgerFault.NotALog, "The file is a database, but not one of subject keys.");
            }

            return Unwrap(_database.First("SELECT wrapped FROM pepper", row => row.GetFieldValue<byte[]>(0)) ?? [], PepperName);
        });
    }

    private static Digest PepperName { get; } = Digest.Of("kfm-pepper-v1"u8);

    private byte[] KeyFor(Digest pseudonym)
    {
        lock (_gate)
        {
            var key = _database.Write(() =>
            {
                var (isKnown, wrapped) = Stored(pseudonym);
                if (wrapped is not null)
                {
                    return Unwrap(wrapped, pseudonym);
                }

                if (isKnown)
                {
                    throw new LedgerException(LedgerFault.Erased, "The person was erased from this log; nothing about them can be sealed any more.");
                }

                var made = RandomNumberGenerator.GetBytes(FieldCipher.KeyBytes);
                _database.Run("INSERT INTO keys VALUES ($1, $2)", Convert.FromHexString(pseudonym.Hex), Wrap(made, pseudonym));
                return made;
            });
            return key;
        }
    }

    private (bool IsKnown, byte[]? Wrapped) Stored(Digest pseudonym)
    {
        lock (_gate)
        {
            return _database.First(
                "SELECT wrapped FROM keys WHERE pseudonym = $1",
                row => (true, row.IsDBNull(0) ? null : row.GetFieldValue<byte[]>(0)),
                Convert.FromHexString(pseudonym.Hex));
        }
    }

    private byte[] Wrap(byte[] key, Digest name) => FieldCipher.Seal(_master, Context(name), key);

    private byte[] Unwrap(byte[] wrapped, Digest name) => FieldCipher.Open(_master, Context(name), wrapped)
        ?? throw new LedgerException(LedgerFault.OtherLog, "A key does not open under the master key: it is another one, or the file was changed.");

    private byte[] Context(Digest name) => Encoding.UTF8.GetBytes("kfm-subject-key-v1\n" + _origin + "\n" + name.Hex);

    private void EmptyJournal()
    {
        if (_database.First("PRAGMA wal_checkpoint(TRUNCATE)", row => row.GetInt64(0)) != 0)
        {
            throw new LedgerException(LedgerFault.Busy, "The key is destroyed, but another process reads the file, so that its journal could not be emptied; try again.");
        }
    }
}
