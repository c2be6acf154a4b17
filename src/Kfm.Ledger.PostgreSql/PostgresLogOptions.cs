using Kfm.Ledger.Storage;

namespace Kfm.Ledger.PostgreSql;

/// <summary>Which log in PostgreSQL to open, and how.</summary>
public sealed record PostgresLogOptions
{
    /// <summary>
    /// How to reach the server, as Npgsql writes it. The role owns the schema, or may create it. Give <c>SSL Mode=VerifyFull</c> for a server
    /// on another machine.
    /// </summary>
    public required string ConnectionString { get; init; }

    /// <summary>The schema that holds the log, one log in each: 1 to 40 lower-case letters, digits and underscores, a letter first.</summary>
    public string Schema { get; init; } = "kfm_ledger";

    /// <summary>What to create the log with when the schema holds none; null opens an existing log only.</summary>
    public LogIdentity? Identity { get; init; }

    /// <summary>How long a call waits for the log to move before it fails with <see cref="LedgerFault.Storage"/>; at least 2 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many batches a process hands over before the first is acknowledged; 1 to 64.</summary>
    public int BatchesAtOnce { get; init; } = 2;
}
