using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Kfm.Provenance.Signing.Ssh;

/// <summary>A signature as <c>ssh-keygen -Y sign</c> makes it (OpenSSH, PROTOCOL.sshsig, version 1).</summary>
/// <remarks>The reserved field must be empty: what a later version may put there, nobody here understands.</remarks>
public sealed class SshSignature
{
    private const string Begin = "-----BEGIN SSH SIGNATURE-----";
    private const string End = "-----END SSH SIGNATURE-----";
    private const int MaxBytes = 16 * 1024;
    private const int LineLength = 70;
    private readonly byte[] _blob;
    private readonly byte[] _value;
    private readonly string _hash;

    private SshSignature(byte[] blob, SshPublicKey key, string space, string hash, byte[] value) => (_blob, Key, Namespace, _hash, _value) = (blob, key, space, hash, value);

    /// <summary>The key that the signature names; it proves nothing before <see cref="Verify"/> and says nothing about whose it is.</summary>
    public SshPublicKey Key { get; }

    /// <summary>What the signature is for, such as <c>file</c>.</summary>
    public string Namespace { get; }

    /// <summary>The signature without armor.</summary>
    public ReadOnlyMemory<byte> Blob => _blob;

    /// <summary>Reads a signature in armor (section 1).</summary>
    /// <param name="armored">The text, at most 32 KiB.</param>
    /// <exception cref="SshSignatureFormatException">The text is no such signature, or of a kind that is not supported.</exception>
    public static SshSignature Parse(string armored)
    {
        ArgumentNullException.ThrowIfNull(armored);
        var text = armored.ReplaceLineEndings("\n").TrimEnd('\n');
        return text.Length <= 2 * MaxBytes && text.StartsWith(Begin + "\n", StringComparison.Ordinal) && text.EndsWith("\n" + End, StringComparison.Ordinal) && text.Length > Begin.Length + End.Length + 1
            ? FromBlob(StrictBase64.Decode(text[(Begin.Length + 1)..^End.Length].Replace("\n", "", StringComparison.Ordinal))
                ?? throw new SshSignatureFormatException("the text between the lines of dashes is not base64"))
            : throw new SshSignatureFormatException($"a signature begins with {Begin} and ends with {End}");
    }

    /// <summary>Reads a signature without armor (section 2).</summary>
    /// <param name="blob">The bytes, at most 16 KiB.</param>
    /// <exception cref="SshSignatureFormatException">The bytes are no such signature, or of a kind that is not supported.</exception>
    public static SshSignature FromBlob(ReadOnlySpan<byte> blob)
    {
        var reader = new SshReader(blob);
        if (blob.Length > MaxBytes || !reader.TryBytes(6, out var magic) || !magic.SequenceEqual("SSHSIG"u8) || !reader.TryNumber(out var version))
        {
            throw new SshSignatureFormatException($"the bytes are no SSHSIG of at most {MaxBytes} bytes");
        }

        if (version != 1)
        {
            throw new SshSignatureFormatException($"version {version} is not supported, only version 1 is");
        }

        if (!reader.TryString(out var key) || !reader.TryName(out var space) || !reader.TryString(out var reserved) || !reader.TryName(out var hash)
            || !reader.TryString(out var value) || !reader.IsAtEnd)
        {
            throw new SshSignatureFormatException("the bytes end early, go on after the signature, or have a name that is not visible ASCII");
        }

        if (space.Length == 0 || !reserved.IsEmpty || hash is not ("sha256" or "sha512"))
        {
            throw new SshSignatureFormatException("the namespace is empty, the reserved field is not, or the hash is neither sha256 nor sha512");
        }

        return new SshSignature(blob.ToArray(), ReadKey(key), space, hash, value.ToArray());
    }

    /// <summary>Whether <see cref="Key"/> has signed a message for a namespace. Never throws.</summary>
    /// <param name="message">The message.</param>
    /// <param name="forNamespace">The namespace that the caller asks for; a signature for another one is none.</param>
    public bool Verify(ReadOnlySpan<byte> message, string forNamespace) =>
        string.Equals(forNamespace, Namespace, StringComparison.Ordinal) && Key.Verify(SignedData(message), _value);

    /// <summary>The signature in armor, as <c>ssh-keygen</c> writes it.</summary>
    public string ToArmored()
    {
        var text = new StringBuilder(Begin).Append('\n');
        foreach (var line in Convert.ToBase64String(_blob).Chunk(LineLength))
        {
            text.Append(line).Append('\n');
        }

        return text.Append(End).Append('\n').ToString();
    }

    private static SshPublicKey ReadKey(ReadOnlySpan<byte> blob)
    {
        try
        {
            return SshPublicKey.FromBlob(blob);
        }
        catch (KeyFormatException e)
        {
            throw new SshSignatureFormatException(e.Message.TrimEnd('.'), e);
        }
    }

    // Section 3.
    private byte[] SignedData(ReadOnlySpan<byte> message)
    {
        var digest = _hash == "sha256" ? SHA256.HashData(message) : SHA512.HashData(message);
        return [.. "SSHSIG"u8, .. Sized(Encoding.ASCII.GetBytes(Namespace)), .. Sized([]), .. Sized(Encoding.ASCII.GetBytes(_hash)), .. Sized(digest)];
    }

    private static byte[] Sized(ReadOnlySpan<byte> value)
    {
        var sized = new byte[value.Length + 4];
        BinaryPrimitives.WriteInt32BigEndian(sized, value.Length);
        value.CopyTo(sized.AsSpan(4));
        return sized;
    }
}
