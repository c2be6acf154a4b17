using System.Security.Cryptography;

namespace Kfm.Provenance.Signing;

/// <summary>An ECDSA key over P-256 that is held in memory and kept in a PKCS#8 file (RFC 5958) in PEM (RFC 7468).</summary>
/// <remarks>Safe for use by several threads.</remarks>
public sealed class EcdsaSigningKey : SigningKey, IDisposable
{
    private const string Label = "PRIVATE KEY";
    private const int MaxFileBytes = 16 * 1024;
    private readonly ECDsa _key;
    private readonly Lock _gate = new();

    private EcdsaSigningKey(ECDsa key)
    {
        _key = key;
        PublicKey = VerificationKey.FromDer(key.ExportSubjectPublicKeyInfo());
    }

    /// <inheritdoc/>
    public override VerificationKey PublicKey { get; }

    /// <summary>Makes a new random key.</summary>
    public static EcdsaSigningKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads a key.</summary>
    /// <param name="pem">One unencrypted PKCS#8 key with the label <c>PRIVATE KEY</c>; only white space may stand around it.</param>
    /// <exception cref="KeyFormatException">The text is not such a key, or its curve is not P-256.</exception>
    public static EcdsaSigningKey FromPem(string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        var der = PemText.Decode(pem, Label);
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(der, out var read);
            return read == der.Length
                ? new EcdsaSigningKey(key)
                : throw new KeyFormatException("Bytes follow the private key; write one PKCS#8 key.");
        }
        catch (Exception e)
        {
            key.Dispose();
            throw e is CryptographicException
                ? new KeyFormatException("This is not a PKCS#8 key of ECDSA over P-256.", e)
                : e;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
        }
    }

    /// <summary>Reads a key from a file that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file, at most 16 KiB.</param>
    /// <exception cref="KeyFormatException">The file is not such a key.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static EcdsaSigningKey Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (new FileInfo(path).Length > MaxFileBytes)
        {
            throw new KeyFormatException($"'{path}' has more than {MaxFileBytes} bytes; a key file is smaller.");
        }

        return FromPem(File.ReadAllText(path));
    }

    /// <summary>The key as PKCS#8 in PEM, unencrypted.</summary>
    public string ToPem()
    {
        lock (_gate)
        {
            return _key.ExportPkcs8PrivateKeyPem() + "\n";
        }
    }

    /// <summary>Writes the key to a new file that only its owner can read (mode 0600). A file that is there is never replaced.</summary>
    /// <param name="path">The file to create.</param>
    /// <exception cref="IOException">The file is there already, or cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        writer.Write(ToPem());
    }

    /// <inheritdoc/>
    public override byte[] Sign(ReadOnlySpan<byte> data)
    {
        lock (_gate)
        {
            return _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
    }

    /// <summary>Forgets the private key.</summary>
    public void Dispose() => _key.Dispose();
}
