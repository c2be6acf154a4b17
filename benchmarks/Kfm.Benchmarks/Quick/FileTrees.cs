using System.Text;
using Kfm.Testing;

namespace Kfm.Benchmarks;

/// <summary>Trees of files in the temporary folder, made from a fixed seed and deleted at the end.</summary>
public sealed class FileTrees : IDisposable
{
    private const int PieceBytes = 64 << 20;
    private static readonly Lock Gate = new();
    private static readonly Dictionary<int, byte[]> Pieces = [];
    private readonly TemporaryDirectory _folder = new();

    /// <summary>Random bytes in memory, 64 MiB, another piece for each number; they stay.</summary>
    public static byte[] InMemory(int number)
    {
        lock (Gate)
        {
            if (!Pieces.TryGetValue(number, out var piece))
            {
                Pieces[number] = piece = new byte[PieceBytes];
                new Random(number).NextBytes(piece);
            }

            return piece;
        }
    }

    /// <summary>A folder of equally large files of random bytes.</summary>
    public string Large(int count, long bytes)
    {
        var content = new byte[bytes / count];
        new Random(1).NextBytes(content);
        for (var i = 0; i < count; i++)
        {
            content[0] = (byte)i;
            _folder.Write($"large/{i}", content);
        }

        return _folder.Combine("large");
    }

    /// <summary>A tree of files of 0 to 8 kB, 500 in a folder.</summary>
    public string Small(int count)
    {
        var random = new Random(2);
        var content = new byte[8192];
        for (var i = 0; i < count; i++)
        {
            var size = random.Next(content.Length);
            random.NextBytes(content.AsSpan(0, size));
            _folder.Write($"small/{i / 500}/{i}", content.AsSpan(0, size));
        }

        return _folder.Combine("small");
    }

    /// <summary>A folder of equally large files of words, which compress as source text does.</summary>
    public string Text(int count, long bytes)
    {
        var random = new Random(3);
        var words = Enumerable.Range(0, 4000).Select(_ => string.Concat(Enumerable.Range(0, 2 + random.Next(8)).Select(_ => (char)('a' + random.Next(26))))).ToArray();
        for (var i = 0; i < count; i++)
        {
            var text = new StringBuilder();
            while (text.Length < bytes / count)
            {
                text.Append(words[(int)(words.Length * Math.Pow(random.NextDouble(), 3))]).Append(random.Next(12) == 0 ? ";\n" : " ");
            }

            _folder.Write($"text/{i}", text.ToString(0, (int)(bytes / count)));
        }

        return _folder.Combine("text");
    }

    /// <summary>Deletes the trees.</summary>
    public void Dispose() => _folder.Dispose();
}
