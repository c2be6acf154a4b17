using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Kfm.Provenance.Sigstore.Bundles;

namespace Kfm.Provenance.Sigstore.Logs;

/// <summary>What the body of a log entry claims: which hash was signed, by which signature, under which certificate or key.</summary>
internal sealed class EntryBody
{
    private const string Path = VerificationMaterial.Path + "/tlogEntries/canonicalizedBody";
    private readonly ReadOnlyMemory<byte> _expected;
    private int _dataLength;
    private int _payloadLength;
    private bool _hasVerifier;

    private EntryBody(ReadOnlyMemory<byte> expected) => _expected = expected;

    public string Kind { get; private set; } = "";

    public string ApiVersion { get; private set; } = "";

    /// <summary>The hash of the signed data; null in kinds that do not have it.</summary>
    public byte[]? Data { get; private set; }

    /// <summary>The hash of the payload of an envelope; null in kinds that do not have it.</summary>
    public byte[]? Payload { get; private set; }

    public byte[] Signature { get; private set; } = [];

    /// <summary>Whether the certificate or key is the expected one.</summary>
    public bool IsOfVerifier { get; private set; }

    /// <summary>Reads a body.</summary>
    /// <param name="utf8">The JSON text.</param>
    /// <param name="form">Where the values of the kind stand.</param>
    /// <param name="verifier">The certificate or SubjectPublicKeyInfo in DER that is expected.</param>
    /// <exception cref="SigstoreFormatException">The body is not JSON of the form.</exception>
    public static EntryBody Read(ReadOnlySpan<byte> utf8, BodyNode form, ReadOnlyMemory<byte> verifier)
    {
        try
        {
            var body = new EntryBody(verifier);
            var walk = new JsonWalk(utf8, SigstoreStage.LogEntry);
            var seen = 0u;
            body.Members(ref walk, form, ref seen);
            walk.End();
            return body.IsComplete(form) ? body : throw walk.Error(SigstoreErrorCode.MissingMember, "The body lacks a value of its kind.", Path);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new SigstoreFormatException(new(SigstoreStage.LogEntry, SigstoreErrorCode.MalformedJson, "The body is not JSON of Unicode text: " + e.Message, Path), e);
        }
    }

    // Every form has a signature, a verifier and one hash; which hash, the reader of the form decided.
    private bool IsComplete(BodyNode form) =>
        form.Children.Length > 0 && Kind.Length > 0 && ApiVersion.Length > 0 && Signature.Length > 0 && _hasVerifier
        && (Data is not null || Payload is not null)
        && (Data is null || Data.Length == _dataLength) && (Payload is null || Payload.Length == _payloadLength);

    private void Members(ref JsonWalk walk, BodyNode node, ref uint seen)
    {
        walk.Object(Path);
        while (walk.Member())
        {
            var child = Child(ref walk, node);
            if (child is null)
            {
                walk.SkipMember();
            }
            else if (child.Field != BodyField.None)
            {
                if (walk.Value(ref seen, (int)child.Field, Path))
                {
                    Take(ref walk, child.Field);
                }
            }
            else
            {
                walk.Step();
                Inner(ref walk, child, ref seen);
            }
        }
    }

    private void Inner(ref JsonWalk walk, BodyNode node, ref uint seen)
    {
        if (!node.IsList)
        {
            Members(ref walk, node, ref seen);
            return;
        }

        // A second signature meets the bits of the first and is refused: an envelope in a bundle has one.
        walk.Array(Path);
        while (walk.Item())
        {
            Members(ref walk, node, ref seen);
        }
    }

    private static BodyNode? Child(ref JsonWalk walk, BodyNode node)
    {
        foreach (var child in node.Children)
        {
            if (walk.Is(child.Name))
            {
                return child;
            }
        }

        return null;
    }

    private void Take(ref JsonWalk walk, BodyField field)
    {
        switch (field)
        {
            case BodyField.Kind:
                Kind = walk.Text(Path);
                break;
            case BodyField.ApiVersion:
                ApiVersion = walk.Text(Path);
                break;
            case BodyField.DataAlgorithm:
                _dataLength = HashLength(ref walk);
                break;
            case BodyField.PayloadAlgorithm:
                _payloadLength = HashLength(ref walk);
                break;
            case BodyField.DataHex:
                Data = Hex(ref walk);
                break;
            case BodyField.PayloadHex:
                Payload = Hex(ref walk);
                break;
            case BodyField.DataBase64:
                Data = walk.Bytes(Path);
                break;
            case BodyField.PayloadBase64:
                Payload = walk.Bytes(Path);
                break;
            case BodyField.Signature:
                Signature = walk.Bytes(Path);
                break;
            case BodyField.NestedSignature:
                Signature = Base64Text.Decode(walk.Bytes(Path)) ?? throw walk.Error(SigstoreErrorCode.InvalidBase64, "The signature is not the base64 of base64.", Path);
                break;
            default:
                TakeVerifier(ref walk, isPem: field == BodyField.Pem);
                break;
        }
    }

    // A certificate with its PEM has 5,000 bytes, so they stay in pooled memory and are compared there.
    private void TakeVerifier(ref JsonWalk walk, bool isPem)
    {
        var bytes = walk.PooledBytes(out var buffer, Path);
        try
        {
            IsOfVerifier = isPem ? IsPemOfVerifier(ref walk, bytes) : bytes.SequenceEqual(_expected.Span);
            _hasVerifier = true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int HashLength(ref JsonWalk walk) =>
        walk.TextIs("sha256"u8, Path) || walk.TextIs("SHA2_256"u8, Path) ? SHA256.HashSizeInBytes
        : walk.TextIs("sha384"u8, Path) || walk.TextIs("SHA2_384"u8, Path) ? SHA384.HashSizeInBytes
        : walk.TextIs("sha512"u8, Path) || walk.TextIs("SHA2_512"u8, Path) ? SHA512.HashSizeInBytes
        : throw walk.Error(SigstoreErrorCode.UnsupportedAlgorithm, "The hash is not SHA-256, SHA-384 or SHA-512.", Path);

    private static byte[] Hex(ref JsonWalk walk)
    {
        var text = walk.Utf8(Path);
        var bytes = new byte[text.Length / 2];
        return text.Length % 2 == 0 && !text.AsSpan().ContainsAnyInRange((byte)'A', (byte)'F') && Convert.FromHexString(text, bytes, out _, out _) == OperationStatus.Done
            ? bytes
            : throw walk.Error(SigstoreErrorCode.InvalidMember, "The hash is not written in lower-case hexadecimal digits.", Path);
    }

    // One block and nothing around it but line ends.
    private bool IsPemOfVerifier(ref JsonWalk walk, ReadOnlySpan<byte> pem)
    {
        if (!PemEncoding.TryFindUtf8(pem, out var fields)
            || !pem[..fields.Location.Start.Value].Trim(" \r\n"u8).IsEmpty || !pem[fields.Location.End.Value..].Trim(" \r\n"u8).IsEmpty
            || !(pem[fields.Label].SequenceEqual("CERTIFICATE"u8) || pem[fields.Label].SequenceEqual("PUBLIC KEY"u8)))
        {
            throw walk.Error(SigstoreErrorCode.InvalidMember, "The verifier is not one certificate or public key in PEM.", Path);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(fields.DecodedDataLength);
        try
        {
            return Base64.DecodeFromUtf8(pem[fields.Base64Data], buffer, out _, out var written) == OperationStatus.Done
                && _expected.Span.SequenceEqual(buffer.AsSpan(0, written));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
