using System.Text;

namespace Kfm.Agent.Patches;

/// <summary>Finds the two paths of a section and demands that every line of its header names the same ones.</summary>
internal readonly ref struct SectionNames(ReadOnlySpan<byte> names, int line, PatchLimits limits)
{
    private static ReadOnlySpan<byte> DevNull => "/dev/null"u8;

    private readonly ReadOnlySpan<byte> _names = names;

    /// <summary>The old and the new path.</summary>
    /// <param name="header">The extended header.</param>
    /// <param name="oldName">The name on the <c>---</c> line, or null when there is none.</param>
    /// <param name="newName">The name on the <c>+++</c> line, or null when there is none.</param>
    /// <param name="binary">Whether the section has binary content in place of hunks.</param>
    public (string OldPath, string NewPath) Resolve(ExtendedHeader header, byte[]? oldName, byte[]? newName, bool binary)
    {
        var (oldPath, newPath) = header.From is not null ? (header.From, header.To!) : SamePath(header, oldName, newName);
        if (!Matches(oldPath, newPath))
        {
            throw new PatchFormatException("the paths of a 'diff --git' line differ from those of its section", line);
        }

        if (oldName is not null)
        {
            Demand(oldName, header.Change == FileChange.Add ? null : "a/" + oldPath);
            Demand(newName, header.Change == FileChange.Delete ? null : "b/" + newPath);
        }
        else if (!header.SaysSomething && !binary)
        {
            throw new PatchFormatException("a section changes nothing", line);
        }

        return (oldPath, newPath);
    }

    /// <summary>The path of a section whose path stays: from the names of its hunks, else from the line of the section.</summary>
    private (string OldPath, string NewPath) SamePath(ExtendedHeader header, byte[]? oldName, byte[]? newName)
    {
        var name = header.Change == FileChange.Delete ? oldName : newName;
        var bytes = name is null ? FirstHalf() : name.Length > 2 ? name.AsSpan(2) : default;
        var path = PatchPaths.Decode(bytes, line, limits);
        return (path, path);
    }

    private ReadOnlySpan<byte> FirstHalf()
    {
        if (_names.StartsWith("\""u8))
        {
            var quoted = PatchPaths.ReadQuoted(_names, line, out _);
            return quoted.AsSpan(Math.Min(2, quoted.Length));
        }

        // "a/" N " b/" N
        var half = (_names.Length - 5) / 2;
        return half > 0 ? _names.Slice(2, half) : throw new PatchFormatException("a section starts with 'diff --git a/… b/…'", line);
    }

    /// <summary>Whether the line of the section names two paths, each plain or quoted.</summary>
    private bool Matches(string oldPath, string newPath)
    {
        var rest = _names;
        return TakeName(ref rest, "a/" + oldPath) && rest.StartsWith(" "u8) && TakeRest(rest[1..], "b/" + newPath);
    }

    private bool TakeRest(ReadOnlySpan<byte> rest, string name) => TakeName(ref rest, name) && rest.IsEmpty;

    private bool TakeName(ref ReadOnlySpan<byte> rest, string name)
    {
        var expected = Encoding.UTF8.GetBytes(name);
        if (rest.StartsWith("\""u8))
        {
            var quoted = PatchPaths.ReadQuoted(rest, line, out var length);
            rest = rest[length..];
            return quoted.AsSpan().SequenceEqual(expected);
        }

        if (!rest.StartsWith(expected))
        {
            return false;
        }

        rest = rest[expected.Length..];
        return true;
    }

    private void Demand(ReadOnlySpan<byte> name, string? expected)
    {
        if (!name.SequenceEqual(expected is null ? DevNull : Encoding.UTF8.GetBytes(expected)))
        {
            throw new PatchFormatException($"a '---' or '+++' line does not name {expected ?? "/dev/null"}", line);
        }
    }
}
