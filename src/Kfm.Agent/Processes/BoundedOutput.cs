using System.Buffers;

namespace Kfm.Agent.Processes;

/// <summary>The first bytes of a stream, up to a limit; the rest is read and dropped so that the writer does not block.</summary>
internal sealed class BoundedOutput(int limit)
{
    private readonly ArrayBufferWriter<byte> _kept = new();
    private readonly Lock _gate = new();

    /// <summary>Whether bytes were dropped.</summary>
    public bool Truncated { get; private set; }

    /// <summary>Reads the stream to its end, or until cancelled.</summary>
    public async Task FillAsync(Stream source, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                Keep(buffer.AsSpan(0, read));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or IOException)
        {
            // The child is gone and something it left behind holds the pipe: what was read stands.
        }
    }

    /// <summary>What was kept so far.</summary>
    public ReadOnlyMemory<byte> Take()
    {
        lock (_gate)
        {
            return _kept.WrittenMemory.ToArray();
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            var room = Math.Min(bytes.Length, limit - _kept.WrittenCount);
            _kept.Write(bytes[..room]);
            Truncated |= room < bytes.Length;
        }
    }
}
