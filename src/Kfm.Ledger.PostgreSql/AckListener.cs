using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;

namespace Kfm.Ledger.PostgreSql;

/// <summary>Hears which batches were sequenced and wakes those who wait for them.</summary>
internal sealed class AckListener : IAsyncDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(150);
    private readonly NpgsqlDataSource _server;
    private readonly string _schema;
    private readonly long _client;
    private readonly ConcurrentDictionary<long, TaskCompletionSource<long?>> _waiting = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _listening;
    private long _last;

    /// <summary>Begins to listen.</summary>
    /// <param name="server">Gives a connection that is not shared.</param>
    /// <param name="schema">The schema of the log.</param>
    /// <param name="client">A number that no other process has.</param>
    internal AckListener(NpgsqlDataSource server, string schema, long client)
    {
        (_server, _schema, _client) = (server, schema, client);
        _listening = Task.Run(ListenAsync);
    }

    /// <summary>What went wrong last on the connections that nobody waits on; for messages.</summary>
    internal Exception? LastFailure { get; set; }

    /// <summary>A new number for a batch of this process, and the task that ends when it was sequenced.</summary>
    /// <returns>The task gives the index of the first leaf where all leaves are new and stand together; null where the store knows the result.</returns>
    internal (long Number, Task<long?> Sequenced) Expect()
    {
        var number = (_client << 32) | Interlocked.Increment(ref _last);
        var source = new TaskCompletionSource<long?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[number] = source;
        return (number, source.Task);
    }

    /// <summary>Nobody waits for a batch any more.</summary>
    internal void Forget(long number) => _waiting.TryRemove(number, out _);

    /// <summary>Whether a batch is of this process.</summary>
    internal bool IsOwn(long number) => number >> 32 == _client;

    internal void Complete(long number, long? first)
    {
        if (_waiting.TryGetValue(number, out var source))
        {
            source.TrySetResult(first);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _listening.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var connection = await _server.OpenConnectionAsync(_stop.Token).ConfigureAwait(false);
                connection.Notification += (_, heard) => Hear(heard.Payload);
                using (var listen = new NpgsqlCommand($"LISTEN {_schema}_acks", connection))
                {
                    await listen.ExecuteNonQueryAsync(_stop.Token).ConfigureAwait(false);
                }

                while (true)
                {
                    await connection.WaitAsync(_stop.Token).ConfigureAwait(false);
                }
            }
            catch (Exception e) when (PostgresError.IsDriver(e) || e is OperationCanceledException)
            {
                // What was missed meanwhile is found by those who wait, who look into the store from time to time.
                LastFailure = e;
            }

            await Task.Delay(Retry, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Hear(string payload)
    {
        foreach (var word in payload.AsSpan().Split(' '))
        {
            var text = payload.AsSpan(word);
            var colon = text.IndexOf(':');
            if (colon > 0 && long.TryParse(text[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && IsOwn(number))
            {
                Complete(number, long.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var first) ? first : null);
            }
        }
    }
}
