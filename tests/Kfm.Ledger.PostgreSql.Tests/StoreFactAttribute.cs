using Kfm.Ledger.PostgreSql.Tests;
using Kfm.Testing;

namespace Kfm.Ledger.Tests.Storage;

/// <summary>A fact of the contract, in this project one that needs PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StoreFactAttribute : FactAttribute
{
    public StoreFactAttribute() => Skip = PostgresServer.MissingReason;
}
