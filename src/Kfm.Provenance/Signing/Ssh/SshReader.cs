using System.Buffers.Binary;
using System.Text;

namespace Kfm.Provenance.Signing.Ssh;

/// <summary>Reads the data types of RFC 4251, section 5, in their one encoding.</summary>
internal ref struct SshReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public bool TryBytes(int count, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (_rest.Length < count)
        {
            return false;
        }

        value = _rest[..count];
        _rest = _rest[count..];
        return true;
    }

    public bool TryNumber(out uint value)
    {
        value = 0;
        if (!TryBytes(4, out var bytes))
        {
            return false;
        }

        value = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        return true;
    }

    public bool TryString(out ReadOnlySpan<byte> value)
    {
        value = default;
        return TryNumber(out var length) && length <= int.MaxValue && TryBytes((int)length, out value);
    }

    /// <summary>A string of visible ASCII characters.</summary>
    public bool TryName(out string value)
    {
        value = "";
        if (!TryString(out var bytes) || bytes.IndexOfAnyExceptInRange((byte)'!', (byte)'~') >= 0)
        {
            return false;
        }

        value = Encoding.ASCII.GetString(bytes);
        return true;
    }

    /// <summary>A positive number without the zero byte that keeps it positive.</summary>
    public bool TryPositive(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!TryString(out var bytes) || bytes.IsEmpty || bytes[0] >= 0x80 || (bytes[0] == 0 && (bytes.Length == 1 || bytes[1] < 0x80)))
        {
            return false;
        }

        value = bytes[0] == 0 ? bytes[1..] : bytes;
        return true;
    }
}
