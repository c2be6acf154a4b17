namespace Kfm.Provenance.Json;

/// <summary>The input is not I-JSON (RFC 7493), or is beyond a limit of the reader.</summary>
public sealed class JsonFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="bytePosition">The zero-based offset of the first byte that is wrong.</param>
    /// <param name="pointer">The JSON pointer (RFC 6901) of what is wrong, or of the array or object around a syntax error; empty for the document.</param>
    public JsonFormatException(string message, long bytePosition, string pointer)
        : base($"{message} (byte {bytePosition}, at \"{pointer}\")")
    {
        BytePosition = bytePosition;
        Pointer = pointer;
    }

    /// <summary>The zero-based offset of the first byte that is wrong.</summary>
    public long BytePosition { get; }

    /// <summary>The JSON pointer (RFC 6901) of what is wrong, or of the array or object around a syntax error; empty for the document.</summary>
    public string Pointer { get; }
}
