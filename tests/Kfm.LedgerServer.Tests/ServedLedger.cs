using System.Security.Cryptography;
using System.Text;
using Kfm.Ledger;
using Kfm.Ledger.Entries;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Signing;
using Kfm.Testing;
using Microsoft.AspNetCore.Builder;

namespace Kfm.LedgerServer.Tests;

/// <summary>A real server on loopback over a real log: two changes that were deployed, the second of which led to an incident.</summary>
public sealed class ServedLedger : IAsyncLifetime, IDisposable
{
    public const string Origin = "example.com/kfm/log";
    private readonly TemporaryDirectory _folder = new();
    private readonly EcdsaSigningKey _key = EcdsaSigningKey.Create();
    private WebApplication? _app;

    public Uri Address { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public string VerifierKey => new NoteVerifier(Origin, _key.PublicKey).ToString();

    /// <summary>The indexes by name, such as <c>a.intent</c>.</summary>
    public Dictionary<string, long> Index { get; } = new(StringComparer.Ordinal);

    public async Task InitializeAsync()
    {
        var path = Path.Combine(_folder.Path, "log.db");
        var clock = new SteppingTimeProvider();
        using (var log = TransparencyLog.Open(new LogOptions { Path = path, Origin = Origin, Signer = _key, TimeProvider = clock }))
        {
            Run(log, clock, "a", "allow", Guid.Parse("11111111-1111-5111-8111-111111111111"));
            log.Checkpoint();
            Run(log, clock, "b", "review", Guid.Parse("22222222-2222-5222-8222-222222222222"));
            Append(log, clock, "b.incident", LedgerEntryKind.Incident, null, ["b.deployment"], ("state", "opened"), ("title", "<b>outage</b>"));
            log.Checkpoint();
        }

        var (key, logs) = (Path.Combine(_folder.Path, "witness.pem"), Path.Combine(_folder.Path, "logs.txt"));
        using (var witness = Ed25519SigningKey.Create())
        {
            witness.Save(key);
        }

        await File.WriteAllTextAsync(logs, "# the logs that are cosigned\n" + VerifierKey + "\n");
        var files = new WitnessFiles("witness.example.com/w1", key, logs, Path.Combine(_folder.Path, "witness.db"));
        _app = LedgerApp.Build(new ServerOptions(path, "http://127.0.0.1:0", files), clock);
        await _app.StartAsync();
        Address = new Uri(_app.Urls.First() + "/");
        Http = new HttpClient { BaseAddress = Address };
    }

    public async Task DisposeAsync() => await _app!.DisposeAsync();

    public void Dispose()
    {
        Http.Dispose();
        _key.Dispose();
        _folder.Dispose();
    }

    private void Run(TransparencyLog log, TimeProvider clock, string name, string verdict, Guid trace)
    {
        Append(log, clock, name + ".intent", LedgerEntryKind.Intent, trace, []);
        Append(log, clock, name + ".design", LedgerEntryKind.Design, trace, [name + ".intent"]);
        Append(log, clock, name + ".patch", LedgerEntryKind.Patch, trace, [name + ".design"]);
        Append(log, clock, name + ".build", LedgerEntryKind.Build, trace, [name + ".patch"]);
        Append(log, clock, name + ".qa", LedgerEntryKind.Qa, trace, [name + ".build"]);
        Append(log, clock, name + ".decision", LedgerEntryKind.Decision, trace, [name + ".qa"], ("verdict", verdict));
        Append(log, clock, name + ".approval", LedgerEntryKind.Approval, trace, [name + ".decision"], ("role", "lead"));
        string[] causes = name == "b" ? ["b.approval", "a.approval"] : ["a.approval"];
        Append(log, clock, name + ".deployment", LedgerEntryKind.Deployment, null, causes, ("environment", "production"));
    }

    private void Append(
        TransparencyLog log, TimeProvider clock, string name, LedgerEntryKind kind, Guid? trace, string[] causes, params (string Name, string Value)[] attributes)
    {
        var entry = new LedgerEntry
        {
            Kind = kind,
            TraceId = trace,
            Repository = "https://example.com/kfm.git",
            Subject = DigestOf(name),
            Time = clock.GetUtcNow(),
            Links = [.. causes.Select(c => new LedgerLink(c.Split('.')[1], DigestOf(c)))],
            Attributes = attributes.ToDictionary(a => a.Name, a => a.Value, StringComparer.Ordinal),
        };
        Index[name] = log.Append([entry])[0].Index;
    }

    public static Digest DigestOf(string name) => Digest.FromBytes(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
