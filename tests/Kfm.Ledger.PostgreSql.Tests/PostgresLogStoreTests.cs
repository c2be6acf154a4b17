using Kfm.Ledger.Storage;
using Kfm.Ledger.Tests.Storage;
using Kfm.Testing;

namespace Kfm.Ledger.PostgreSql.Tests;

[Collection(PostgresCollection.Name)]
public sealed class PostgresLogStoreTests(PostgresServer server) : LogStoreContract
{
    private readonly string _schema = server.NewSchema();

    protected override ILogStore Open(LogContent content, bool isIdempotent) => PostgresLogStore.Open(new PostgresLogOptions
    {
        ConnectionString = server.ConnectionString,
        Schema = _schema,
        Identity = new LogIdentity("log.example/contract", "", content, isIdempotent),
    });
}
