namespace Kfm.Ledger.PostgreSql;

/// <summary>The tables of a log in PostgreSQL. Everything but entries, meta and checkpoints is derived from the entries.</summary>
/// <remarks>
/// <c>pending</c> holds what processes ask to append and <c>results</c> what became of it. Both are unlogged, because an entry is acknowledged only when the
/// sequencer has committed it to the other tables: a crash of the server forgets the question, never the answer that was given.
/// </remarks>
internal static class PostgresSchema
{
    internal const int FormatVersion = 1;

    /// <summary>Raised by the server when a sequencer is not the elected one any more.</summary>
    internal const string FencedState = "KFM01";

    internal static string Create(string schema) => $"""
        CREATE SCHEMA IF NOT EXISTS {schema};
        CREATE TABLE {schema}.meta (name text PRIMARY KEY, value text NOT NULL);
        CREATE TABLE {schema}.head (id int PRIMARY KEY CHECK (id = 1), size bigint NOT NULL, root bytea NOT NULL, epoch bigint NOT NULL, minimum bigint NOT NULL)
            WITH (fillfactor = 10);
        CREATE TABLE {schema}.entries (idx bigint PRIMARY KEY, hash bytea NOT NULL, leaf bytea);
        ALTER TABLE {schema}.entries ALTER leaf SET STORAGE EXTERNAL;
        CREATE TABLE {schema}.tiles (level int NOT NULL, number bigint NOT NULL, hashes bytea NOT NULL, PRIMARY KEY (level, number));
        ALTER TABLE {schema}.tiles ALTER hashes SET STORAGE EXTERNAL;
        CREATE TABLE {schema}.keys (key bytea PRIMARY KEY, idx bigint NOT NULL);
        CREATE TABLE {schema}.lookups (hash bigint NOT NULL, idx bigint NOT NULL, PRIMARY KEY (hash, idx));
        CREATE TABLE {schema}.checkpoints (size bigint PRIMARY KEY, note text NOT NULL, recorded timestamptz NOT NULL);
        CREATE UNLOGGED TABLE {schema}.pending (
            batch bigint NOT NULL, pos int NOT NULL, grp int NOT NULL, key bytea NOT NULL, leaf bytea NOT NULL, lookups bytea NOT NULL,
            PRIMARY KEY (batch, pos));
        ALTER TABLE {schema}.pending ALTER leaf SET STORAGE EXTERNAL;
        CREATE UNLOGGED TABLE {schema}.results (batch bigint PRIMARY KEY, outcome bytea NOT NULL, made timestamptz NOT NULL DEFAULT now());
        CREATE SEQUENCE {schema}.clients;
        CREATE FUNCTION {schema}.advance(old_size bigint, new_size bigint, new_root bytea, mine bigint) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE {schema}.head SET size = new_size, root = new_root WHERE id = 1 AND size = old_size AND epoch = mine;
            IF NOT FOUND THEN
                RAISE EXCEPTION 'another sequencer was elected' USING ERRCODE = '{FencedState}';
            END IF;
        END $$;
        INSERT INTO {schema}.head VALUES (1, 0, sha256(''), 0, 0);
        """;

    /// <summary>The number of the advisory lock that the elected sequencer holds: made from the oid of the schema's head, so that it is one for each log.</summary>
    internal static string LockNumber(string schema) => $"(x'4b666d'::bigint << 32) | '{schema}.head'::regclass::oid::bigint";
}
