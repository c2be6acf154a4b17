using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Kfm.Provenance.Signing;

/// <summary>EncryptedPrivateKeyInfo (RFC 5958, 3) by PBES2 (RFC 8018, 6.2): PBKDF2 and AES in CBC mode.</summary>
internal static class EncryptedPrivateKey
{
    private const string Pbes2 = "1.2.840.113549.1.5.13";
    private const string Pbkdf2 = "1.2.840.113549.1.5.12";
    private const string HmacSha256 = "1.2.840.113549.2.9";
    private const string Aes256Cbc = "2.16.840.1.101.3.4.1.42";
    private const int Rounds = 600_000;

    // Ten million rounds are several seconds: no file may ask for more.
    private const int MaxRounds = 10_000_000;

    public static byte[] Decrypt(byte[] der, string password)
    {
        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.DER);
            var info = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            var algorithm = info.ReadSequence();
            var data = info.ReadOctetString();
            if (algorithm.ReadObjectIdentifier() != Pbes2)
            {
                throw NotSupported("encryption", "PBES2");
            }

            var parameters = algorithm.ReadSequence();
            var derivation = parameters.ReadSequence();
            var (keyLength, iv) = ReadCipher(parameters.ReadSequence());
            return Decrypt(data, Derive(derivation, password, keyLength), iv);
        }
        catch (AsnContentException e)
        {
            throw new KeyFormatException("This is not an encrypted PKCS#8 key.", e);
        }
    }

    public static byte[] Encrypt(byte[] clear, string password)
    {
        ArgumentException.ThrowIfNullOrEmpty(password);
        var (salt, iv) = (RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(16));
        var key = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, Rounds, HashAlgorithmName.SHA256, 32);
        using var aes = Aes.Create();
        aes.Key = key;
        var data = aes.EncryptCbc(clear, iv);
        CryptographicOperations.ZeroMemory(key);
        return Write(salt, iv, data);
    }

    private static byte[] Write(byte[] salt, byte[] iv, byte[] data)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Pbes2);
                using (writer.PushSequence())
                {
                    WriteDerivation(writer, salt);
                    using (writer.PushSequence())
                    {
                        writer.WriteObjectIdentifier(Aes256Cbc);
                        writer.WriteOctetString(iv);
                    }
                }
            }

            writer.WriteOctetString(data);
        }

        return writer.Encode();
    }

    private static void WriteDerivation(AsnWriter writer, byte[] salt)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Pbkdf2);
            using (writer.PushSequence())
            {
                writer.WriteOctetString(salt);
                writer.WriteInteger(Rounds);
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(HmacSha256);
                    writer.WriteNull();
                }
            }
        }
    }

    private static (int KeyLength, byte[] Iv) ReadCipher(AsnReader scheme)
    {
        var keyLength = scheme.ReadObjectIdentifier() switch
        {
            "2.16.840.1.101.3.4.1.2" => 16,
            "2.16.840.1.101.3.4.1.22" => 24,
            Aes256Cbc => 32,
            _ => throw NotSupported("cipher", "AES in CBC mode"),
        };
        var iv = scheme.ReadOctetString();
        return iv.Length == 16 ? (keyLength, iv) : throw new KeyFormatException("The initialization vector of the encrypted key has not 16 bytes.");
    }

    private static byte[] Derive(AsnReader derivation, string password, int keyLength)
    {
        if (derivation.ReadObjectIdentifier() != Pbkdf2)
        {
            throw NotSupported("key derivation", "PBKDF2");
        }

        var parameters = derivation.ReadSequence();
        var salt = parameters.ReadOctetString();
        var rounds = parameters.ReadInteger();
        if (parameters.HasData && parameters.PeekTag().HasSameClassAndValue(Asn1Tag.Integer) && parameters.ReadInteger() != keyLength)
        {
            throw new KeyFormatException("The encrypted key asks for another key length than its cipher has.");
        }

        var hash = parameters.HasData ? Hash(parameters.ReadSequence().ReadObjectIdentifier()) : HashAlgorithmName.SHA1;
        return rounds >= BigInteger.One && rounds <= MaxRounds
            ? Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, (int)rounds, hash, keyLength)
            : throw new KeyFormatException($"The encrypted key asks for {rounds} rounds; at most {MaxRounds} are done.");
    }

    private static HashAlgorithmName Hash(string oid) => oid switch
    {
        "1.2.840.113549.2.7" => HashAlgorithmName.SHA1,
        HmacSha256 => HashAlgorithmName.SHA256,
        "1.2.840.113549.2.10" => HashAlgorithmName.SHA384,
        "1.2.840.113549.2.11" => HashAlgorithmName.SHA512,
        _ => throw NotSupported("hash function", "SHA-1, SHA-256, SHA-384 and SHA-512"),
    };

    private static byte[] Decrypt(byte[] data, byte[] key, byte[] iv)
    {
        try
        {
            using var aes = Aes.Create();
            aes.Key = key;
            return aes.DecryptCbc(data, iv);
        }
        catch (CryptographicException e)
        {
            throw new KeyFormatException("The password of the key is wrong, or its file is damaged.", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static KeyFormatException NotSupported(string what, string supported) =>
        new($"The {what} of the encrypted key is not supported; supported: {supported}. `openssl pkcs8 -topk8 -v2 aes256` writes such a key.");
}
