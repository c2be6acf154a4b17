namespace Kfm.Ledger.Storage;

/// <summary>The table of the signed checkpoints that the log keeps.</summary>
internal readonly struct CheckpointTable(LogDatabase database)
{
    internal List<KeptCheckpoint> All() => database.All(
        "SELECT size, recorded, note FROM checkpoints ORDER BY size", row => new KeptCheckpoint(row.GetInt64(0), Time(row.GetInt64(1)), row.GetString(2)));

    internal string? At(long size) => database.First("SELECT note FROM checkpoints WHERE size = $1", row => row.GetString(0), size);

    internal string? Last() => database.First("SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1", row => row.GetString(0));

    internal void Write(long size, string note, DateTimeOffset recorded) =>
        database.Run("INSERT INTO checkpoints VALUES ($1, $2, $3)", size, note, recorded.ToUnixTimeMilliseconds());

    internal bool Replace(long size, string old, string note) =>
        database.Run("UPDATE checkpoints SET note = $3 WHERE size = $1 AND note = $2", size, old, note) == 1;

    private static DateTimeOffset Time(long milliseconds) =>
        milliseconds >= 0 && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : throw new LedgerException(LedgerFault.Damaged, "The time of a checkpoint is out of bounds; run a check of the log.");
}
