using System.Net;
using System.Net.Sockets;
using System.Text;
using Kfm.Ledger.Witnesses;

namespace Kfm.Ledger.Tests.Witnesses;

/// <summary>A witness on loopback HTTP.</summary>
internal sealed class WitnessHost : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Witness _witness;

    internal WitnessHost(Witness witness)
    {
        _witness = witness;
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/w/");
        probe.Stop();
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _ = ServeAsync();
    }

    internal Uri Address { get; }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                var answer = context.Request.RawUrl == "/w/add-checkpoint" ? _witness.AddCheckpoint(body.ToArray()) : new WitnessResponse(404, "text/plain", "");
                context.Response.StatusCode = answer.Status;
                context.Response.ContentType = answer.ContentType;
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.Body));
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
