using System.Runtime.InteropServices;
using System.Text;

namespace Kfm.Provenance.Manifests;

/// <summary>
/// A file opened for reading with four system calls (open, statx, read, close); a <see cref="FileStream"/> takes twice as many, which is what
/// small files cost. It is asked what it is after it was opened without following a link or waiting for a pipe, so it cannot be exchanged in between.
/// </summary>
internal readonly ref struct PosixFile : IDisposable
{
    private const int NonBlockingCloseOnExec = 0x800 | 0x80000;
    private const int EmptyPath = 0x1000;
    private const uint TypeModeAndSize = 0x203;
    private const int StatusBytes = 256;
    private const int Interrupted = 4;
    private static readonly byte[] NoName = [0];
    private readonly int _descriptor;

    private PosixFile(int descriptor, ushort mode, long size) => (_descriptor, Mode, Size) = (descriptor, mode, size);

    /// <summary>Whether this system is one whose flags are known here.</summary>
    public static bool IsSupported { get; } = OperatingSystem.IsLinux() && NoFollow != 0 && HasStatx();

    public ushort Mode { get; }

    public long Size { get; }

    public bool IsOpen => _descriptor >= 0;

    public bool IsRegular => (Mode & 0xF000) == 0x8000;

    public bool IsExecutable => (Mode & 0x40) != 0;

    // The value of O_NOFOLLOW is one of the few that Linux chose per architecture.
    private static int NoFollow => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 0x20000,
        Architecture.Arm64 => 0x8000,
        _ => 0,
    };

    /// <summary>Opens a file; what cannot be opened (a link, a socket, no right) is not open, for another reader to say why.</summary>
    public static PosixFile Open(string path, Span<byte> scratch)
    {
        var length = Encoding.UTF8.GetByteCount(path);
        var name = length < scratch.Length ? scratch[..(length + 1)] : new byte[length + 1];
        Encoding.UTF8.GetBytes(path, name);
        name[length] = 0;
        var descriptor = OpenFile(ref MemoryMarshal.GetReference(name), NoFollow | NonBlockingCloseOnExec);
        if (descriptor < 0)
        {
            return new(-1, 0, 0);
        }

        Span<byte> status = stackalloc byte[StatusBytes];
        if (Statx(descriptor, ref NoName[0], EmptyPath, TypeModeAndSize, ref MemoryMarshal.GetReference(status)) != 0)
        {
            _ = Close(descriptor);
            return new(-1, 0, 0);
        }

        // struct statx: stx_mode at 28, stx_size at 40, on every architecture.
        return new(descriptor, MemoryMarshal.Read<ushort>(status[28..]), MemoryMarshal.Read<long>(status[40..]));
    }

    /// <summary>Reads on; 0 at the end.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public int Read(Span<byte> buffer)
    {
        while (true)
        {
            var count = ReadFile(_descriptor, ref MemoryMarshal.GetReference(buffer), buffer.Length);
            if (count >= 0)
            {
                return (int)count;
            }

            if (Marshal.GetLastPInvokeError() is not Interrupted and var error)
            {
                throw new IOException(Marshal.GetPInvokeErrorMessage(error));
            }
        }
    }

    public void Dispose()
    {
        if (IsOpen)
        {
            _ = Close(_descriptor);
        }
    }

    private static bool HasStatx()
    {
        try
        {
            Span<byte> status = stackalloc byte[StatusBytes];
            ReadOnlySpan<byte> root = "/\0"u8;
            return Statx(0, ref MemoryMarshal.GetReference(root), 0, TypeModeAndSize, ref MemoryMarshal.GetReference(status)) == 0;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library without statx: glibc before 2.28, musl before 1.2.
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "open", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenFile(ref byte path, int flags);

    [DllImport("libc", EntryPoint = "statx", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, ref byte path, int flags, uint mask, ref byte result);

    [DllImport("libc", EntryPoint = "read", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint ReadFile(int descriptor, ref byte buffer, nint count);

    [DllImport("libc", EntryPoint = "close", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
