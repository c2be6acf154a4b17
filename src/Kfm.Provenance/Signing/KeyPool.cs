using System.Collections.Concurrent;

namespace Kfm.Provenance.Signing;

/// <summary>Copies of a key of the platform, of which each serves one thread at a time: the platform promises no more.</summary>
/// <remarks>As many copies stay as threads have used the key at once.</remarks>
internal sealed class KeyPool<T>(T first, Func<T> copy)
    where T : class
{
    private readonly ConcurrentBag<T> _spare = [first];

    public T Rent() => _spare.TryTake(out var key) ? key : copy();

    public void Return(T key) => _spare.Add(key);
}
