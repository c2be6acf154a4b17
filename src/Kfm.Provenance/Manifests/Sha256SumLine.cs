using System.Text;
using System.Text.Unicode;
using Kfm.Provenance.Digests;

namespace Kfm.Provenance.Manifests;

/// <summary>A line of <see cref="Sha256Sums"/>, with the escapes of GNU coreutils (coreutils manual, "md5sum invocation").</summary>
internal static class Sha256SumLine
{
    private const int PathAt = 66;

    public static void Write(StringBuilder text, Sha256Sum entry)
    {
        var escaped = entry.Path.AsSpan().ContainsAny('\\', '\n', '\r');
        text.Append(escaped ? "\\" : "").Append(entry.Digest.Hex).Append("  ");
        text.Append(escaped ? Escaped(entry.Path) : entry.Path).Append('\n');
    }

    /// <exception cref="Sha256SumsFormatException">The text is not a line.</exception>
    public static Sha256Sum Read(ReadOnlySpan<byte> line, PathRules rules, int number)
    {
        var escaped = line.StartsWith((byte)'\\');
        line = escaped ? line[1..] : line;
        if (line.Length <= PathAt || !line[64..PathAt].SequenceEqual("  "u8) || !Utf8.IsValid(line)
            || !Digest.TryParse("sha256:" + Encoding.UTF8.GetString(line[..64]), out var digest))
        {
            throw new Sha256SumsFormatException("64 lower-case hexadecimal digits, two spaces and a path in UTF-8 are needed.", number);
        }

        var text = Encoding.UTF8.GetString(line[PathAt..]);
        var path = escaped ? Unescaped(text, number) : text;
        if (!RelativePath.IsValid(path, rules, out var reason))
        {
            throw new Sha256SumsFormatException($"The path is not below the root: {reason}.", number);
        }

        return escaped == path.AsSpan().ContainsAny('\\', '\n', '\r')
            ? new(path, digest)
            : throw new Sha256SumsFormatException("A line starts with a backslash exactly when its path has something to escape.", number);
    }

    private static string Escaped(string path) => path
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal);

    private static string Unescaped(string text, int number)
    {
        var path = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            path.Append(text[i] != '\\' ? text[i] : (++i < text.Length ? text[i] : '\0') switch
            {
                '\\' => '\\',
                'n' => '\n',
                'r' => '\r',
                _ => throw new Sha256SumsFormatException("A backslash in the path is followed by a backslash, n or r.", number),
            });
        }

        return path.ToString();
    }
}
