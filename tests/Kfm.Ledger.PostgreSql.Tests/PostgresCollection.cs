using Kfm.Testing;
namespace Kfm.Ledger.PostgreSql.Tests;

/// <summary>All tests share one cluster, and have a schema each.</summary>
[CollectionDefinition(Name)]
#pragma warning disable CA1711 // xunit's own word for it
public sealed class PostgresCollection : ICollectionFixture<PostgresServer>
#pragma warning restore CA1711
{
    public const string Name = "PostgreSQL";
}
