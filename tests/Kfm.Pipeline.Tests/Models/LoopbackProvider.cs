using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Kfm.Pipeline.Tests.Models;

/// <summary>A provider on the loopback that answers from a script and counts what reaches it: HTTP/1.1, one request a connection.</summary>
internal sealed class LoopbackProvider : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Queue<LoopbackReply> _replies;
    private readonly Task _work;
    private int _connections;

    public LoopbackProvider(params LoopbackReply[] replies)
    {
        _replies = new Queue<LoopbackReply>(replies);
        _listener.Start();
        _work = Task.Run(ServeAsync);
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>How many connections were opened, whether or not a byte came.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The head and the body of each request.</summary>
    public ConcurrentQueue<(string Head, string Body)> Requests { get; } = [];

    public void Dispose()
    {
        _end.Cancel();
        _listener.Stop();
        _work.GetAwaiter().GetResult();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                Interlocked.Increment(ref _connections);
                await AnswerAsync(client.GetStream());
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        try
        {
            if (await ReadAsync(stream) is { } request)
            {
                Requests.Enqueue(request);
                await WriteAsync(stream, _replies.Count > 0 ? _replies.Dequeue() : new LoopbackReply(418, "no further reply"));
            }
        }
        catch (IOException)
        {
            // The client went away, as it does after a time-out.
        }
    }

    private async Task<(string Head, string Body)?> ReadAsync(NetworkStream stream)
    {
        var bytes = new List<byte>();
        var buffer = new byte[16 * 1024];
        for (var (head, length) = (-1, 0); head < 0 || bytes.Count < head + length;)
        {
            var read = await stream.ReadAsync(buffer, _end.Token);
            if (read == 0)
            {
                return null;
            }

            bytes.AddRange(buffer.AsSpan(0, read));
            var text = Encoding.Latin1.GetString([.. bytes]);
            if (head < 0 && text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is var end and >= 0)
            {
                head = end + 4;
                length = text[..end].Split("\r\n").Where(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Select(l => int.Parse(l[15..])).Single();
            }

            if (head >= 0 && bytes.Count >= head + length)
            {
                return (text[..head], Encoding.UTF8.GetString([.. bytes.Skip(head)]));
            }
        }

        return null;
    }

    private async Task WriteAsync(NetworkStream stream, LoopbackReply reply)
    {
        var head = new StringBuilder($"HTTP/1.1 {reply.Status} x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n")
            .Append("Content-Type: ").Append(reply.IsStream ? "text/event-stream" : "application/json").Append("\r\n")
            .Append(reply.RetryAfter is null ? "" : $"Retry-After: {reply.RetryAfter}\r\n")
            .Append(reply.Location is null ? "" : $"Location: {reply.Location}\r\n")
            .Append("\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.ToString()), _end.Token);
        foreach (var part in reply.Parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"), .. bytes, .. "\r\n"u8], _end.Token);
        }

        if (reply.Hangs)
        {
            // Until the client goes away.
            _ = await stream.ReadAsync(new byte[1], _end.Token);
        }
        else if (!reply.BreaksOff)
        {
            await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), _end.Token);
        }
    }
}
