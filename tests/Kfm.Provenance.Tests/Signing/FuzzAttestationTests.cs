using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kfm.Provenance;
using Kfm.Provenance.InToto;
using Kfm.Provenance.InToto.Predicates;
using Kfm.Provenance.Signing;
using Kfm.Provenance.Slsa;
using Xunit.Abstractions;

namespace Kfm.Provenance.Tests.Signing;

/// <summary>Mutated envelopes, statements, keys and notes; <c>KFM_FUZZ_SECONDS</c> sets the length, <c>KFM_FUZZ_SEED</c> repeats a run.</summary>
public sealed class FuzzAttestationTests(ITestOutputHelper output)
{
    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\ud800", "null", "1e999", "-1", "\"sig\":", "\"payload\":", "\"digest\":{}", "\"subject\":[]", "AAAA", "=", "-----BEGIN ",
        "-----END PUBLIC KEY-----", "MII", "\u2014 ", "\n", "\n\n", "+", "sha256", "\uFEFF", "é", "\0",
    ];

    [Fact]
    public void Any_bytes_are_read_or_refused_by_the_exception_of_their_format()
    {
        var seconds = double.Parse(Environment.GetEnvironmentVariable("KFM_FUZZ_SECONDS") ?? "0.3", CultureInfo.InvariantCulture);
        var seed = int.Parse(Environment.GetEnvironmentVariable("KFM_FUZZ_SEED") ?? Environment.TickCount.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var random = new Random(seed);
        var seeds = Seeds();
        var (cases, accepted) = (0L, 0L);
        for (var clock = Stopwatch.StartNew(); clock.Elapsed.TotalSeconds < seconds; cases++)
        {
            var text = Mutate(seeds[random.Next(seeds.Count)], random);
            try
            {
                accepted += Read((int)(cases % Readers.Length), text) ? 1 : 0;
            }
            catch (Exception e) when (e is not KfmException)
            {
                Assert.Fail($"seed {seed}, case {cases}: {e.GetType().Name} from {Convert.ToHexString(text)}");
            }
        }

        output.WriteLine($"fuzz attestations: {cases} texts, {accepted} accepted, seed {seed}, {seconds} s");
    }

    private static readonly Action<byte[]>[] Readers =
    [
        b => DsseEnvelope.Parse(b).Verify([VerificationKey.FromEd25519(Convert.FromHexString("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"))]),
        b => Predicate.Read(Statement.Parse(b)),
        b => Predicate.Read(Statement.Parse(b, StatementRules.Structural)),
        b => ResourceDescriptor.Parse(b),
        b => VerificationKey.FromDer(b),
        b => VerificationKey.FromPem(Encoding.UTF8.GetString(b)),
        b => LocalSigningKey.FromPem(Encoding.UTF8.GetString(b)).Dispose(),
        b => LocalSigningKey.FromPem(Encoding.UTF8.GetString(b), "secret").Dispose(),
        b => SignedNote.Parse(b).Verify(),
        b => NoteVerifier.Parse(Encoding.UTF8.GetString(b)),
        b => NoteSigner.Parse(Encoding.UTF8.GetString(b)),
        b => new SlsaVerifier(Signer).VerifyArtifact(Statement.PayloadType, b, new SlsaExpectations { SourceUri = "github.com/a/b", Digest = new("sha256", new string('0', 64)) }),
        b => NpmVerifier.VerifyPackage(b, b, new SlsaExpectations { SourceUri = "github.com/a/b", Digest = new("sha256", new string('0', 64)) }),
    ];

    private static WorkflowIdentity Signer => new()
    {
        Issuer = "https://token.actions.githubusercontent.com",
        Workflow = "https://github.com/slsa-framework/slsa-github-generator/.github/workflows/generator_generic_slsa3.yml@refs/tags/v2.1.0",
        SourceRepository = "a/b",
        SourceDigest = "c",
        Trigger = "push",
    };

    private static bool Read(int reader, byte[] text)
    {
        try
        {
            Readers[reader](text);
            return true;
        }
        catch (KfmException)
        {
            return false;
        }
    }

    private static List<byte[]> Seeds()
    {
        using var ed25519 = Ed25519SigningKey.FromSeed(new byte[32]);
        using var p256 = EcdsaSigningKey.Create();
        using var rsa = RsaSigningKey.Create(2048);
        var subject = ResourceDescriptor.Of("a", Kfm.Provenance.Digests.Digest.Of("a"u8));
        var statement = new TestResult { Result = "PASSED", Configuration = [subject] }.ToStatement(subject).ToJson();
        List<byte[]> seeds = [statement, DsseEnvelope.Sign(Statement.PayloadType, statement, ed25519, p256).ToJson(), "{\"name\":\"a\"}"u8.ToArray()];
        foreach (var key in new LocalSigningKey[] { ed25519, p256, rsa })
        {
            seeds.Add(key.PublicKey.Der.ToArray());
            seeds.Add(Encoding.UTF8.GetBytes(key.PublicKey.ToPem()));
            seeds.Add(Encoding.UTF8.GetBytes(key.ToPem()));
        }

        using var platform = System.Security.Cryptography.ECDsa.Create();
        var quick = new System.Security.Cryptography.PbeParameters(System.Security.Cryptography.PbeEncryptionAlgorithm.Aes128Cbc, System.Security.Cryptography.HashAlgorithmName.SHA256, 2);
        seeds.Add(Encoding.UTF8.GetBytes(platform.ExportEncryptedPkcs8PrivateKeyPem("secret", quick)));
        seeds.Add(Encoding.UTF8.GetBytes(SignedNote.Sign("log\n1\nAAAA\n", new NoteSigner("log", ed25519)).ToString()));
        seeds.Add(Encoding.UTF8.GetBytes(new NoteVerifier("log", ed25519.PublicKey).ToString()));
        seeds.Add(Encoding.UTF8.GetBytes("PRIVATE+KEY+log+00000000+" + Convert.ToBase64String([1, .. new byte[32]])));
        return seeds;
    }

    private static byte[] Mutate(byte[] text, Random random)
    {
        var bytes = text.ToList();
        for (var changes = random.Next(5); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(4))
            {
                case 0 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1 when at < bytes.Count:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 9), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
                    break;
                default:
                    bytes.InsertRange(at, bytes.Take(random.Next(bytes.Count + 1)).ToArray());
                    break;
            }
        }

        return bytes.Count > 100_000 ? [.. bytes.Take(100_000)] : [.. bytes];
    }
}
