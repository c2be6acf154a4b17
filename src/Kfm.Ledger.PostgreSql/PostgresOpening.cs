using System.Globalization;
using Kfm.Ledger.Storage;
using Npgsql;

namespace Kfm.Ledger.PostgreSql;

/// <summary>Opens the schema of a log, or creates it, and refuses one that is not what it should be.</summary>
internal static class PostgresOpening
{
    private const string Format = "format";
    private const string Origin = "origin";
    private const string Verifier = "verifier";
    private const string Content = "content";
    private const string Idempotent = "idempotent";

    internal static bool IsName(string schema) => schema is { Length: >= 1 and <= 40 }
        && schema[0] is >= 'a' and <= 'z'
        && schema.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_');

    /// <summary>A source of connections; those that are not pooled are closed when they are given back, and their locks with them.</summary>
    internal static NpgsqlDataSource Source(string connectionString, bool isPooled)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = isPooled, Enlist = false };
        settings.MaxAutoPrepare = Math.Max(settings.MaxAutoPrepare, 30);
        var builder = new NpgsqlSlimDataSourceBuilder(settings.ToString());
        builder.EnableArrays();
        builder.EnableTransportSecurity();
        return builder.Build();
    }

    internal static (LogIdentity Identity, long Client) Open(NpgsqlDataSource pool, PostgresLogOptions options)
    {
        using var connection = pool.OpenConnection();
        if (options.Identity is { } wanted)
        {
            Create(connection, options.Schema, wanted);
        }

        var meta = Meta(connection, options.Schema);
        if (meta.GetValueOrDefault(Format) != PostgresSchema.FormatVersion.ToString(CultureInfo.InvariantCulture))
        {
            throw new LedgerException(LedgerFault.NotALog, $"The schema '{options.Schema}' holds no log of format version {PostgresSchema.FormatVersion}.");
        }

        var identity = new LogIdentity(
            meta.GetValueOrDefault(Origin) ?? throw new LedgerException(LedgerFault.Damaged, "The origin of the log is missing."),
            meta.GetValueOrDefault(Verifier, ""),
            Enum.TryParse<LogContent>(meta.GetValueOrDefault(Content), out var content) ? content : LogContent.Entries,
            meta.GetValueOrDefault(Idempotent) != bool.FalseString);
        if (options.Identity is { } given && (given.Origin != identity.Origin || given.Verifier != identity.Verifier))
        {
            throw new LedgerException(LedgerFault.OtherLog, $"The schema '{options.Schema}' holds the log '{identity.Origin}', or one that was created with another key.");
        }

        using var next = new NpgsqlCommand($"SELECT nextval('{options.Schema}.clients')", connection);
        return (identity, (long)next.ExecuteScalar()!);
    }

    private static void Create(NpgsqlConnection connection, string schema, LogIdentity identity)
    {
        using var transaction = connection.BeginTransaction();

        // Processes that start together create one log.
        using var wait = new NpgsqlCommand($"SELECT pg_advisory_xact_lock(hashtext('kfm:{schema}')), to_regclass('{schema}.meta') IS NOT NULL", connection);
        using (var reader = wait.ExecuteReader())
        {
            reader.Read();
            if (reader.GetBoolean(1))
            {
                return;
            }
        }

        using var create = new NpgsqlCommand(PostgresSchema.Create(schema), connection);
        create.ExecuteNonQuery();
        (string, string)[] meta =
        [
            (Format, PostgresSchema.FormatVersion.ToString(CultureInfo.InvariantCulture)),
            (Origin, identity.Origin),
            (Verifier, identity.Verifier),
            (Content, identity.Content.ToString()),
            (Idempotent, identity.IsIdempotent.ToString()),
        ];
        foreach (var (name, value) in meta)
        {
            using var insert = new NpgsqlCommand($"INSERT INTO {schema}.meta VALUES ($1, $2)", connection);
            insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
            insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static Dictionary<string, string> Meta(NpgsqlConnection connection, string schema)
    {
        using var command = new NpgsqlCommand($"SELECT name, value FROM {schema}.meta", connection);
        using var reader = command.ExecuteReader();
        var meta = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read())
        {
            meta.Add(reader.GetString(0), reader.GetString(1));
        }

        return meta;
    }
}
