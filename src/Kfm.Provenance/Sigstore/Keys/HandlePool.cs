namespace Kfm.Provenance.Sigstore.Keys;

/// <summary>Native key handles, each used by one thread at a time: a handle is not promised to serve two, and a lock would make them wait.</summary>
internal sealed class HandlePool<T>(T first, Func<T> create)
    where T : class, IDisposable
{
    private readonly T?[] _spare = new T?[Environment.ProcessorCount];
    private T? _fast = first;

    public T Rent()
    {
        if (Interlocked.Exchange(ref _fast, null) is { } fast)
        {
            return fast;
        }

        for (var i = 0; i < _spare.Length; i++)
        {
            if (_spare[i] is not null && Interlocked.Exchange(ref _spare[i], null) is { } spare)
            {
                return spare;
            }
        }

        return create();
    }

    public void Return(T handle)
    {
        if (Interlocked.CompareExchange(ref _fast, handle, null) is null)
        {
            return;
        }

        for (var i = 0; i < _spare.Length; i++)
        {
            if (Interlocked.CompareExchange(ref _spare[i], handle, null) is null)
            {
                return;
            }
        }

        handle.Dispose();
    }
}
