using System.Security.Cryptography;

namespace Kfm.Provenance.Signing;

/// <summary>A key that is held in memory and kept in a PKCS#8 file (RFC 5958) in PEM (RFC 7468), encrypted or not.</summary>
/// <remarks>Safe for use by several threads.</remarks>
public abstract class LocalSigningKey : SigningKey
{
    private const string Label = "PRIVATE KEY";
    private const string EncryptedLabel = "ENCRYPTED PRIVATE KEY";
    private const int MaxFileBytes = 16 * 1024;

    private protected LocalSigningKey()
    {
    }

    /// <summary>Reads a key of any supported kind.</summary>
    /// <param name="pem">One PKCS#8 key with the label <c>PRIVATE KEY</c> or <c>ENCRYPTED PRIVATE KEY</c>; only white space may stand around it.</param>
    /// <param name="password">The password of an encrypted key; null for a key that is not encrypted.</param>
    /// <param name="scheme">How the key signs, or null for the default of its kind; an RSA key does not say it by itself.</param>
    /// <exception cref="KeyFormatException">
    /// The text is not such a key, its kind or size is not supported, the scheme does not fit it, or the password is wrong, missing or not needed.
    /// </exception>
    public static LocalSigningKey FromPem(string pem, string? password = null, SignatureScheme? scheme = null)
    {
        ArgumentNullException.ThrowIfNull(pem);
        var (der, label) = PemText.Decode(pem, [Label, EncryptedLabel]);
        var clear = der;
        try
        {
            clear = Clear(der, label, password);
            return PrivateKeyInfo.Read(clear, scheme);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
            CryptographicOperations.ZeroMemory(clear);
        }
    }

    /// <summary>Reads a key from a file, such as <see cref="Save"/> or <c>openssl genpkey</c> writes.</summary>
    /// <param name="path">The file, at most 16 KiB.</param>
    /// <param name="password">The password of an encrypted key; null for a key that is not encrypted.</param>
    /// <param name="scheme">How the key signs, or null for the default of its kind.</param>
    /// <exception cref="KeyFormatException">The file is not such a key.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static LocalSigningKey Load(string path, string? password = null, SignatureScheme? scheme = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (new FileInfo(path).Length > MaxFileBytes)
        {
            throw new KeyFormatException($"'{path}' has more than {MaxFileBytes} bytes; a key file is smaller.");
        }

        return FromPem(File.ReadAllText(path), password, scheme);
    }

    /// <summary>The key as PKCS#8 in PEM.</summary>
    /// <param name="password">
    /// What to encrypt it with (PBES2 of RFC 8018: PBKDF2 with HMAC-SHA-256, 600,000 rounds, and AES-256-CBC), or null to leave it open.
    /// </param>
    /// <exception cref="ArgumentException">The password is empty.</exception>
    public string ToPem(string? password = null)
    {
        var der = ExportPkcs8();
        try
        {
            return password is null
                ? PemEncoding.WriteString(Label, der) + "\n"
                : PemEncoding.WriteString(EncryptedLabel, EncryptedPrivateKey.Encrypt(der, password)) + "\n";
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
        }
    }

    /// <summary>Writes the key to a new file that only its owner can read (mode 0600). A file that is there is never replaced.</summary>
    /// <param name="path">The file to create.</param>
    /// <param name="password">What to encrypt the key with, or null to leave it open.</param>
    /// <exception cref="IOException">The file is there already, or cannot be written.</exception>
    public void Save(string path, string? password = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var text = ToPem(password);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        writer.Write(text);
    }

    private protected abstract byte[] ExportPkcs8();

    private static byte[] Clear(byte[] der, string label, string? password) =>
        string.Equals(label, Label, StringComparison.Ordinal)
            ? password is null ? der : throw new KeyFormatException("The key is not encrypted; give no password.")
            : password is not null
                ? EncryptedPrivateKey.Decrypt(der, password)
                : throw new KeyFormatException("The key is encrypted; give its password.");
}
