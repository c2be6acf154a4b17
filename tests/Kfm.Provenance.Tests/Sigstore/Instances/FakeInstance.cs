using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Kfm.Provenance.Sigstore;
using Kfm.Testing;

namespace Kfm.Provenance.Tests.Sigstore.Instances;

/// <summary>A whole Sigstore instance in this process. Its services answer over HTTP on loopback, where peers reach them too.</summary>
internal sealed class FakeInstance : IDisposable
{
    public const string Signer = "https://kfm.example/signer";
    public const string Issuer = "https://issuer.example";

    private readonly TemporaryDirectory _folder = new();
    private HttpListener _listener = new();
    private readonly CertificateIssuer _authority;
    private readonly TimestampSigner _stamps;
    private readonly FakeRekor _rekor1;
    private readonly FakeRekor _rekor2;
    private readonly ECDsa _stampKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);
    private readonly Task _serving;

    public FakeInstance(TimeProvider? clock = null)
    {
        Clock = clock ?? TimeProvider.System;
        var port = Listen();
        Url = new Uri($"http://127.0.0.1:{port}");
        _authority = new(Clock);
        _stamps = new(_authority.IssueTimestampSigner(_stampKey), Clock);
        _rekor1 = new(_folder, Name + "/one", 1, Clock);
        _rekor2 = new(_folder, Name + "/two", 2, Clock);
        _serving = Task.Run(ServeAsync);
    }

    public TimeProvider Clock { get; }

    public Uri Url { get; }

    public string PathOf(string name) => _folder.Combine(name);

    /// <summary>An OIDC token that nobody signed: the fake looks at its claims only.</summary>
    public static string Token { get; } = string.Join('.', new[] { """{"alg":"none"}""", $$"""{"sub":"{{Signer}}","iss":"{{Issuer}}"}""", "x" }
        .Select(part => Convert.ToBase64String(Encoding.UTF8.GetBytes(part)).TrimEnd('=').Replace('+', '-').Replace('/', '_')));

    public static IdentityPolicy Policy { get; } = new(CertificateIdentity.Exact(Signer, Issuer));

    public byte[] TrustedRootJson => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["mediaType"] = "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
        ["tlogs"] = new JsonArray(
            Log($"{Url}one", _rekor1.Key.Der.ToArray(), "PKIX_ECDSA_P256_SHA_256", _rekor1.LogId),
            Log($"{Url}two", _rekor2.Key.Der.ToArray(), "PKIX_ED25519", _rekor2.LogId)),
        ["certificateAuthorities"] = new JsonArray(Authority(_authority.Intermediate, _authority.Root)),
        ["ctlogs"] = new JsonArray(Log($"{Url}ct", _authority.LogKey.ExportSubjectPublicKeyInfo(), "PKIX_ECDSA_P256_SHA_256", SHA256.HashData(_authority.LogKey.ExportSubjectPublicKeyInfo()))),
        ["timestampAuthorities"] = new JsonArray(Authority(_stamps.Certificate, _authority.Root)),
    }.ToJsonString());

    public SigstoreVerifier Verifier => new(TrustedRoot.Parse(TrustedRootJson));

    public SigningConfig Config(int rekor) => SigningConfig.Parse(Encoding.UTF8.GetBytes(new JsonObject
    {
        ["mediaType"] = "application/vnd.dev.sigstore.signingconfig.v0.2+json",
        ["caUrls"] = new JsonArray(Service("", 1)),
        ["rekorTlogUrls"] = new JsonArray(Service(rekor == 1 ? "one" : "two", rekor)),
        ["rekorTlogConfig"] = new JsonObject { ["selector"] = "ANY" },
        ["tsaUrls"] = new JsonArray(Service("api/v1/timestamp", 1)),
        ["tsaConfig"] = new JsonObject { ["selector"] = "EXACT", ["count"] = 1 },
    }.ToJsonString()));

    public void Dispose()
    {
        _listener.Close();
        _serving.GetAwaiter().GetResult();
        foreach (var one in new IDisposable[] { _rekor1, _rekor2, _stamps.Certificate, _stampKey, _authority, _folder })
        {
            one.Dispose();
        }
    }

    private string Name => $"{Url.Host}:{Url.Port}";

    private int Listen()
    {
        for (var port = 20_000 + (Environment.ProcessId % 20_000); ; port++)
        {
            try
            {
                _listener.Prefixes.Add(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
                _listener.Start();
                return port;
            }
            catch (HttpListenerException) when (port < 65_000)
            {
                // Taken, and a listener that did not start is of no more use.
                _listener = new();
            }
        }
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            var (status, answer) = Answer(context.Request.Url!.AbsolutePath, context.Request.ContentType ?? "", body.ToArray());
            context.Response.StatusCode = status;
            await context.Response.OutputStream.WriteAsync(answer);
            context.Response.Close();
        }
    }

    private (int Status, byte[] Body) Answer(string path, string mediaType, byte[] body)
    {
        try
        {
            return path switch
            {
                "/api/v2/signingCert" => (201, Certify(body)),
                "/one/api/v1/log/entries" => (201, _rekor1.Create(body)),
                "/two/api/v2/log/entries" => (201, _rekor2.Create(body)),
                "/api/v1/timestamp" when mediaType == "application/timestamp-query" => (201, _stamps.Answer(body)),
                "/api/v1/timestamp" => (201, _stamps.Stamp(Convert.FromBase64String(JsonNode.Parse(body)!["artifactHash"]!.GetValue<string>()))),
                _ => (404, []),
            };
        }
        catch (Exception e)
        {
            return (500, Encoding.UTF8.GetBytes(e.ToString()));
        }
    }

    private byte[] Certify(byte[] body)
    {
        var request = JsonNode.Parse(body)!["publicKeyRequest"]!;
        using var key = ECDsa.Create();
        key.ImportFromPem(request["publicKey"]!["content"]!.GetValue<string>());
        Assert.True(key.VerifyData(
            Encoding.UTF8.GetBytes(Signer), Convert.FromBase64String(request["proofOfPossession"]!.GetValue<string>()), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        using var leaf = _authority.Issue(new PublicKey(key), Signer, Issuer);
        return Encoding.UTF8.GetBytes(new JsonObject
        {
            ["signedCertificateEmbeddedSct"] = new JsonObject
            {
                ["chain"] = new JsonObject { ["certificates"] = new JsonArray(leaf.ExportCertificatePem(), _authority.Intermediate.ExportCertificatePem()) },
            },
        }.ToJsonString());
    }

    private JsonObject Window => new() { ["start"] = Clock.GetUtcNow().AddHours(-1).ToString("O", CultureInfo.InvariantCulture) };

    private JsonObject Service(string path, int version) =>
        new() { ["url"] = $"{Url}{path}", ["majorApiVersion"] = version, ["validFor"] = Window, ["operator"] = "fake" };

    private JsonObject Log(string url, byte[] key, string details, byte[] id) => new()
    {
        ["baseUrl"] = url,
        ["hashAlgorithm"] = "SHA2_256",
        ["publicKey"] = new JsonObject { ["rawBytes"] = Convert.ToBase64String(key), ["keyDetails"] = details, ["validFor"] = Window },
        ["logId"] = new JsonObject { ["keyId"] = Convert.ToBase64String(id) },
    };

    private JsonObject Authority(params X509Certificate2[] chain) => new()
    {
        ["subject"] = new JsonObject { ["organization"] = "fake", ["commonName"] = "fake" },
        ["uri"] = $"{Url}",
        ["certChain"] = new JsonObject { ["certificates"] = new JsonArray([.. chain.Select(c => (JsonNode)new JsonObject { ["rawBytes"] = Convert.ToBase64String(c.RawData) })]) },
        ["validFor"] = Window,
    };
}
