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
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        using var p256 = EcdsaSigningKey.Create();
        var der = p256.PublicKey.Der.ToArray();
        foreach (var wrong in new[] { [], [1, 2, 3], p384.ExportSubjectPublicKeyInfo(), rsa.ExportSubjectPublicKeyInfo(), [.. der, 0], der[..^1], OffCurve(der), Compressed(der) })
        {
            Assert.Throws<KeyFormatException>(() => VerificationKey.FromDer(wrong));
        }

        foreach (var wrong in new[] { "", "x", Known + "x", "x" + Known, Known + Known, p256.ToPem(), Known.Replace("MFkw", "MFk", StringComparison.Ordinal) })
        {
            Assert.Throws<KeyFormatException>(() => VerificationKey.FromPem(wrong));
        }

        foreach (var wrong in new[] { "", Known, p384.ExportPkcs8PrivateKeyPem(), rsa.ExportPkcs8PrivateKeyPem(), p256.ToPem() + "x", p256.ToPem().Replace("MIG", "MIH", StringComparison.Ordinal) })
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
}
