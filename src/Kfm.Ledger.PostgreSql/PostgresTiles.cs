using Kfm.Ledger.Tiles;
using Kfm.Provenance.Merkle;
using Npgsql;

namespace Kfm.Ledger.PostgreSql;

/// <summary>Reads tiles: those of level 0 from the entries, the others as they stand.</summary>
internal static class PostgresTiles
{
    internal static ReadOnlyMemory<byte> Read(NpgsqlConnection connection, string schema, Tile tile)
    {
        using var command = new NpgsqlCommand(
            tile.Level == 0
                ? $"SELECT hash FROM {schema}.entries WHERE idx >= $1 AND idx < $2 ORDER BY idx"
                : $"SELECT hashes FROM {schema}.tiles WHERE number = $1 AND level = $2",
            connection);
        var first = checked((long)tile.Number * (tile.Level == 0 ? Tile.Width : 1));
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = first });
        command.Parameters.Add(tile.Level == 0
            ? new NpgsqlParameter<long> { TypedValue = first + Tile.Width }
            : new NpgsqlParameter<int> { TypedValue = tile.Level });
        using var reader = command.ExecuteReader();
        var hashes = new MemoryStream(Tile.Width * MerkleHash.Size);
        while (reader.Read())
        {
            hashes.Write(reader.GetFieldValue<byte[]>(0));
        }

        return hashes.ToArray();
    }
}
