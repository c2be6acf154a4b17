using SQLitePCL;

namespace Kfm.Ledger.Storage;

/// <summary>A prepared statement without the cost of ADO.NET: values are bound and read as spans.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    internal SqliteStatement(sqlite3 database, string sql)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Sets the parameter <c>?1</c> and so on.</summary>
    internal void Bind(int parameter, long value) => Check(raw.sqlite3_bind_int64(_statement, parameter, value));

    /// <summary>Sets a parameter to a copy of bytes.</summary>
    internal void Bind(int parameter, ReadOnlySpan<byte> value) =>
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, parameter, 0) : raw.sqlite3_bind_blob(_statement, parameter, value));

    /// <summary>Executes a statement that has no rows, and makes it ready for the next time.</summary>
    /// <returns>The number of rows that it changed.</returns>
    internal int Execute()
    {
        while (Step())
        {
        }

        Reset();
        return raw.sqlite3_changes(_database);
    }

    /// <summary>Moves to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    internal bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code != raw.SQLITE_DONE)
        {
            Reset();
            Check(code);
        }

        return false;
    }

    /// <summary>A number of the present row.</summary>
    internal long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>The bytes of the present row; valid until the next step.</summary>
    internal ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    /// <summary>Whether the value of the present row is null.</summary>
    internal bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    /// <summary>Ends the reading of rows.</summary>
    internal void Reset() => _ = raw.sqlite3_reset(_statement);

    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw StoreError.Of(code, raw.sqlite3_errmsg(_database).utf8_to_string());
        }
    }
}
