using Kfm.Ledger.Storage;

namespace Kfm.Ledger.Tests.Storage;

public sealed class SqliteLogStoreTests : LogStoreContract
{
    private readonly LogFixture _fixture = new();

    protected override ILogStore Open(LogContent content, bool isIdempotent) =>
        LogOpening.Open(_fixture.Options() with { Content = content, IsIdempotent = isIdempotent });

    protected override void Dispose(bool isDisposing)
    {
        base.Dispose(isDisposing);
        _fixture.Dispose();
    }
}
