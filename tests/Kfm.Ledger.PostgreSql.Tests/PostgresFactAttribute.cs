using Kfm.Testing;
namespace Kfm.Ledger.PostgreSql.Tests;

/// <summary>A fact that needs PostgreSQL, and is skipped with the reason where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.MissingReason;
}
