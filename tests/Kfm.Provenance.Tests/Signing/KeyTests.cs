using System.Security.Cryptography;
using Kfm.Provenance.Signing;
using Kfm.Testing;

namespace Kfm.Provenance.Tests.Signing;

public sealed class KeyTests
{
    // The public key of the DSSE protocol's vector; its id was computed with another tool.
    private const string Known =
        "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEZ805D3eqNZywjCI19lInBJOp7YMr\nCrzAH3CVTAOQ0jgMeCvVTiaRJaRPRDOv8UMs6U4SvKc6pnrIDOoSYI3fdA==\n-----END PUBLIC KEY-----\n";

    [Fact]
    public void Key_id_is_the_hash_of_the_public_key_info()
    {
        var key = VerificationKey.FromPem(Known);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(key.Der.Span)), key.KeyId);
        Assert.Equal(Known.Replace("\n", "", StringComparison.Ordinal), key.ToPem().Replace("\n", "", StringComparison.Ordinal));
        Assert.Equal(key, VerificationKey.FromDer(key.Der.Span));
    }

    public static TheoryData<SignatureScheme> Schemes => [.. Enum.GetValues<SignatureScheme>()];

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Key_of_every_scheme_signs_and_keeps_its_form(SignatureScheme scheme)
    {
        using var key = Create(scheme);
        using var again = LocalSigningKey.FromPem(key.ToPem(), scheme: scheme);
        var signature = again.Sign("data"u8);
        var known = VerificationKey.FromPem(key.PublicKey.ToPem(), scheme);
        Assert.Equal(scheme, known.Scheme);
        Assert.Equal(key.PublicKey, known);
        Assert.True(known.Verify("data"u8, signature));
        Assert.False(known.Verify("date"u8, signature));
        Assert.False(known.Verify("data"u8, signature.AsSpan(0, signature.Length - 1)));
        Assert.False(known.Verify("data"u8, [.. signature, 0]));
    }

    [Fact]
    public void Encrypted_key_opens_with_its_password_alone()
    {
        using var key = Ed25519SigningKey.Create();
        var pem = key.ToPem("secret");
        Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----", pem, StringComparison.Ordinal);
        using var again = LocalSigningKey.FromPem(pem, "secret");
        Assert.Equal(key.KeyId, again.KeyId);
        Assert.Throws<KeyFormatException>(() => LocalSigningKey.FromPem(pem, "Secret"));
        Assert.Throws<KeyFormatException>(() => LocalSigningKey.FromPem(pem));
        Assert.Throws<KeyFormatException>(() => LocalSigningKey.FromPem(key.ToPem(), "secret"));
    }

    // Written with `openssl genpkey -algorithm ed25519 -aes256 -pass pass:kfm` and `openssl pkey -pubout`.
    [Fact]
    public void Key_that_openssl_encrypted_is_read()
    {
        const string Encrypted = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhkvEjT53BlWwICCAAw\nDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEOiTcY+CTFYD1OoZnQf/lOQEQOpJ\nrBMOfe+EzS0oYL/yHk43jJY4K5hFdcG6R1DQZ8wbOiEk7NJ6Q6WgzjFINTCVZgNo\nFVm3A1kbs6NpaXFhE80=\n-----END ENCRYPTED PRIVATE KEY-----\n";
        using var key = LocalSigningKey.FromPem(Encrypted, "kfm");
        Assert.Equal("5334e41ac5c098c6011b75aaa573b578cf97c99bc176aafdc29cb2673e235955", key.KeyId);
    }

    [Fact]
    public void Platform_encrypts_and_decrypts_keys_alike()
    {
        using var key = EcdsaSigningKey.Create();
        using var platform = ECDsa.Create();
        platform.ImportFromEncryptedPem(key.ToPem("secret"), "secret");
        foreach (var hash in new[] { HashAlgorithmName.SHA1, HashAlgorithmName.SHA256, HashAlgorithmName.SHA384, HashAlgorithmName.SHA512 })
        {
            foreach (var cipher in new[] { PbeEncryptionAlgorithm.Aes128Cbc, PbeEncryptionAlgorithm.Aes192Cbc, PbeEncryptionAlgorithm.Aes256Cbc })
            {
                using var again = LocalSigningKey.FromPem(platform.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(cipher, hash, 1000)), "secret");
                Assert.Equal(key.KeyId, again.KeyId);
            }
        }
    }

    [Fact]
    public void Scheme_that_does_not_fit_the_key_is_refused()
    {
        using var key = EcdsaSigningKey.Create();
        Assert.Throws<KeyFormatException>(() => VerificationKey.FromDer(key.PublicKey.Der.Span, SignatureScheme.Ed25519));
        Assert.Throws<KeyFormatException>(() => LocalSigningKey.FromPem(key.ToPem(), scheme: SignatureScheme.EcdsaP384Sha384));
        Assert.Throws<ArgumentOutOfRangeException>(() => EcdsaSigningKey.Create(SignatureScheme.RsaPssSha256));
        Assert.Throws<ArgumentOutOfRangeException>(() => RsaSigningKey.Create(1024));
    }

    [Fact]
    public void Key_verifies_on_several_threads_at_once()
    {
        using var key = EcdsaSigningKey.Create();
        var signature = key.Sign("data"u8);
        var verified = 0;
        Parallel.For(0, 64, _ => Interlocked.Add(ref verified, key.PublicKey.Verify("data"u8, signature) ? 1 : 0));
        Assert.Equal(64, verified);
    }

    [Fact]
    public void Saved_key_is_for_its_owner_alone_and_loads_again()
    {
        using var directory = new TemporaryDirectory();
        using var key = EcdsaSigningKey.Create();
        var path = directory.Combine("key.pem");
        key.Save(path);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        using var again = EcdsaSigningKey.Load(path);
        Assert.Equal(key.KeyId, again.KeyId);
        Assert.True(key.PublicKey.Verify("data"u8, again.Sign("data"u8)));
        Assert.Throws<IOException>(() => again.Save(path));
    }

    [Fact]
    public void Verification_answers_false_on_any_malformed_signature()
    {
        using var key = EcdsaSigningKey.Create();
        var good = key.Sign("data"u8);
        Assert.True(key.PublicKey.Verify("data"u8, good));
        foreach (var wrong in new byte[][] { [], [0], [0x30], [0x30, 0], [.. good, 0], good[..^1], new byte[64], new byte[72], new byte[100_000] })
        {
            Assert.False(key.PublicKey.Verify("data"u8, wrong));
            Assert.False(key.PublicKey.VerifyFixed("data"u8, wrong));
        }
    }

    [Fact]
    public void Key_of_another_kind_or_encoding_is_refused()
    {
        using var k1 = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        using var rsa = RSA.Create(1024);
        using var p256 = EcdsaSigningKey.Create();
        var der = p256.PublicKey.Der.ToArray();
        foreach (var wrong in new[] { [], [1, 2, 3], k1.ExportSubjectPublicKeyInfo(), rsa.ExportSubjectPublicKeyInfo(), [.. der, 0], der[..^1], OffCurve(der), Compressed(der) })
        {
            Assert.Throws<KeyFormatException>(() => VerificationKey.FromDer(wrong));
        }

        foreach (var wrong in new[] { "", "x", Known + "x", "x" + Known, Known + Known, p256.ToPem(), Known.Replace("MFkw", "MFk", StringComparison.Ordinal) })
        {
            Assert.Throws<KeyFormatException>(() => VerificationKey.FromPem(wrong));
        }

        foreach (var wrong in new[] { "", Known, k1.ExportPkcs8PrivateKeyPem(), rsa.ExportPkcs8PrivateKeyPem(), p256.ToPem() + "x", p256.ToPem().Replace("MIG", "MIH", StringComparison.Ordinal) })
        {
            Assert.Throws<KeyFormatException>(() => EcdsaSigningKey.FromPem(wrong));
        }
    }

    private static byte[] OffCurve(byte[] der)
    {
        var copy = der.ToArray();
        copy[^1] ^= 1;
        return copy;
    }

    // The same key with a compressed point: it must not count as a second key.
    private static byte[] Compressed(byte[] der)
    {
        byte[] head = [.. der[..^65]];
        (head[1], head[^2]) = ((byte)(head[1] - 32), (byte)(head[^2] - 32));
        return [.. head, (byte)(2 + (der[^1] & 1)), .. der[^64..^32]];
    }

    private static LocalSigningKey Create(SignatureScheme scheme) => scheme switch
    {
        SignatureScheme.Ed25519 => Ed25519SigningKey.Create(),
        >= SignatureScheme.RsaPkcs1Sha256 => RsaSigningKey.Create(2048, scheme),
        _ => EcdsaSigningKey.Create(scheme),
    };
}
