using System.Security.Cryptography;
using Kfm.Ledger.Erasure;

namespace Kfm.Ledger.Tests.Erasure;

/// <summary>A log with a database of subject keys.</summary>
internal sealed class KeyedLog : IDisposable
{
    internal KeyedLog()
    {
        Log = Fixture.Open();
        Keys = OpenKeys();
    }

    internal LogFixture Fixture { get; } = new();

    internal TransparencyLog Log { get; private set; }

    internal SubjectKeyStore Keys { get; private set; }

    internal byte[] MasterKey { get; } = RandomNumberGenerator.GetBytes(32);

    internal string KeyPath => Fixture.Path + ".keys";

    internal SubjectKeyStore OpenKeys(byte[]? master = null) => SubjectKeyStore.Open(new SubjectKeyOptions { Path = KeyPath, MasterKey = master ?? MasterKey }, Log);

    internal void Reopen(Action? meanwhile = null)
    {
        Keys.Dispose();
        Log.Dispose();
        meanwhile?.Invoke();
        Log = Fixture.Open();
        Keys = OpenKeys();
    }

    public void Dispose()
    {
        Keys.Dispose();
        Log.Dispose();
        Fixture.Dispose();
    }
}
