using System.Net.Sockets;
using Npgsql;

namespace Kfm.Ledger.PostgreSql;

/// <summary>Turns failures of the driver and the server into those of the log.</summary>
internal static class PostgresError
{
    internal static bool IsDriver(Exception e) => e is NpgsqlException or TimeoutException or IOException or SocketException or InvalidCastException
        or ObjectDisposedException or InvalidOperationException;

    internal static LedgerException Of(Exception e) => e switch
    {
        LedgerException known => known,
        PostgresException { SqlState: PostgresSchema.FencedState } => new LedgerException(LedgerFault.Fenced, "Another process was elected to write the log.", e),
        PostgresException { SqlState: "42P01" or "3F000" or "42703" } => new LedgerException(LedgerFault.NotALog, "The schema holds no log of a supported format: " + e.Message, e),
        PostgresException { SqlState: "55P03" or "40001" or "40P01" } => new LedgerException(LedgerFault.Busy, "Another process holds the log; try again.", e),
        PostgresException { SqlState: ['2', '3', ..] } => new LedgerException(LedgerFault.Damaged, "The store contradicts itself: " + e.Message, e),
        InvalidCastException => new LedgerException(LedgerFault.Damaged, "The store holds a value of a kind that the log never writes: " + e.Message, e),
        ObjectDisposedException => new LedgerException(LedgerFault.Closed, "The log was closed.", e),
        _ => new LedgerException(LedgerFault.Storage, "PostgreSQL cannot be read or written: " + e.Message, e),
    };

    internal static T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (IsDriver(e))
        {
            throw Of(e);
        }
    }

    internal static async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception e) when (IsDriver(e))
        {
            throw Of(e);
        }
    }
}
