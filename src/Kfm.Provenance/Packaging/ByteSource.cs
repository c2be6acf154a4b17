using Microsoft.Win32.SafeHandles;

namespace Kfm.Provenance.Packaging;

/// <summary>Bytes that are read by position, from several threads at once: a file, or memory.</summary>
internal sealed class ByteSource : IDisposable
{
    private readonly SafeFileHandle? _file;
    private readonly ReadOnlyMemory<byte> _memory;

    private ByteSource(SafeFileHandle? file, ReadOnlyMemory<byte> memory, long length) => (_file, _memory, Length) = (file, memory, length);

    public long Length { get; }

    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ByteSource OfFile(SafeFileHandle file) => new(file, default, RandomAccess.GetLength(file));

    public static ByteSource OfMemory(ReadOnlyMemory<byte> memory) => new(null, memory, memory.Length);

    /// <summary>Reads what is there, at most as much as fits; 0 at the end.</summary>
    public int Read(long offset, Span<byte> destination)
    {
        if (_file is not null)
        {
            return RandomAccess.Read(_file, destination, offset);
        }

        var count = (int)Math.Clamp(Length - offset, 0, destination.Length);
        _memory.Span.Slice((int)Math.Min(offset, Length), count).CopyTo(destination);
        return count;
    }

    /// <summary>Reads exactly as much as fits.</summary>
    /// <exception cref="ArchiveFormatException">The source ends before.</exception>
    public void ReadExactly(long offset, Span<byte> destination, string what)
    {
        for (var at = 0; at < destination.Length;)
        {
            var count = offset < 0 ? 0 : Read(offset + at, destination[at..]);
            at += count > 0 ? count : throw new ArchiveFormatException($"It ends inside of {what}.", Math.Max(offset, 0));
        }
    }

    public void Dispose() => _file?.Dispose();
}
