using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Kfm.Ledger.Storage;

/// <summary>One connection to the SQLite file of a log. Not safe for use by several threads at once.</summary>
internal sealed class LogDatabase : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    internal LogDatabase(string path, SqliteOpenMode mode, TimeSpan busyTimeout)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = (int)busyTimeout.TotalSeconds,
        };
        _connection = new SqliteConnection(settings.ToString());
        try
        {
            Guard(() =>
            {
                _connection.Open();

                // SQLite's own wait is short and fine-grained; the connection repeats it until the timeout above.
                Run("PRAGMA busy_timeout = 250");
                return 0;
            });
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Prepares a statement that runs often; the caller disposes of it before the connection.</summary>
    internal SqliteStatement Prepare(string sql) => new(_connection.Handle!, sql);

    /// <summary>Executes a statement.</summary>
    internal int Run(string sql, params ReadOnlySpan<object> values)
    {
        var command = Command(sql, values);
        return Guard(command.ExecuteNonQuery);
    }

    /// <summary>The first row of a query, or the default value when there is none.</summary>
    internal T? First<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object> values)
    {
        var command = Command(sql, values);
        return Guard(() =>
        {
            using var reader = command.ExecuteReader();
            return reader.Read() ? read(reader) : default;
        });
    }

    /// <summary>All rows of a query.</summary>
    internal List<T> All<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object> values)
    {
        var command = Command(sql, values);
        return Guard(() =>
        {
            var rows = new List<T>();
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                rows.Add(read(reader));
            }

            return rows;
        });
    }

    /// <summary>Does work as the only writer: all of it is committed, or none.</summary>
    internal T Write<T>(Func<T> work) => Within("BEGIN IMMEDIATE", work);

    /// <summary>Does work on one snapshot of the log.</summary>
    internal T Read<T>(Func<T> work) => Within("BEGIN", work);

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    private T Within<T>(string begin, Func<T> work)
    {
        Run(begin);
        try
        {
            var result = work();
            Run("COMMIT");
            return result;
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    private void RollBack()
    {
        try
        {
            // SQLite has ended the transaction by itself after some errors.
            if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            {
                Run("ROLLBACK");
            }
        }
        catch (LedgerException)
        {
            // The failure that led here is the one to report; the next BEGIN shows whether the connection still works.
        }
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<object> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = "$" + i.ToString(CultureInfo.InvariantCulture) });
            }

            _commands.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        return command;
    }

    private static T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e)
        {
            throw StoreError.Of(e.SqliteExtendedErrorCode, e.Message, e);
        }
        catch (Exception e) when (e is InvalidCastException or InvalidOperationException)
        {
            throw new LedgerException(LedgerFault.Damaged, "The store holds a value of a kind that the log never writes: " + e.Message, e);
        }
    }
}
