using System.Text;

namespace Kfm.Agent.Patches;

/// <summary>The lines between <c>diff --git</c> and the hunks that say how mode and path change.</summary>
internal sealed class ExtendedHeader(PatchLines lines, PatchLimits limits)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public FileChange Change { get; private set; } = FileChange.Modify;

    public string? OldMode { get; private set; }

    public string? NewMode { get; private set; }

    /// <summary>The path after <c>rename from</c> or <c>copy from</c>.</summary>
    public string? From { get; private set; }

    /// <summary>The path after <c>rename to</c> or <c>copy to</c>.</summary>
    public string? To { get; private set; }

    /// <summary>Whether a line says anything beyond the index.</summary>
    public bool SaysSomething => _seen.Count > (_seen.Contains("index ") ? 1 : 0);

    public void Read()
    {
        while (!lines.AtEnd && ReadLine())
        {
        }

        if (_seen.Contains("old mode ") != _seen.Contains("new mode "))
        {
            throw lines.Error("'old mode' and 'new mode' stand together");
        }

        if ((From is null) != (To is null))
        {
            throw lines.Error("'from' and 'to' of a rename or copy stand together");
        }
    }

    private bool ReadLine() =>
        TakeMode("old mode ", null, mode => OldMode = mode)
        || TakeMode("new mode ", null, mode => NewMode = mode)
        || TakeMode("deleted file mode ", FileChange.Delete, mode => OldMode = mode)
        || TakeMode("new file mode ", FileChange.Add, mode => NewMode = mode)
        || TakePath("rename from ", FileChange.Rename, path => From = path)
        || TakePath("rename to ", FileChange.Rename, path => To = path)
        || TakePath("copy from ", FileChange.Copy, path => From = path)
        || TakePath("copy to ", FileChange.Copy, path => To = path)
        || TakeSimilarity("similarity index ")
        || TakeSimilarity("dissimilarity index ")
        || TakeIndex();

    private bool TakeMode(string prefix, FileChange? change, Action<string> set)
    {
        if (!Take(prefix, out var text, out var line))
        {
            return false;
        }

        SetChange(change, line);
        set(Mode(text, line));
        return true;
    }

    private bool TakePath(string prefix, FileChange change, Action<string> set)
    {
        if (!Take(prefix, out var text, out var line))
        {
            return false;
        }

        SetChange(change, line);
        set(PatchPaths.Decode(PatchPaths.Read(text, line, tabEnds: false), line, limits));
        return true;
    }

    private bool TakeSimilarity(string prefix)
    {
        if (!Take(prefix, out var text, out var line))
        {
            return false;
        }

        var digits = text.EndsWith("%"u8) ? text[..^1] : default;
        var valid = digits.Length is >= 1 and <= 3 && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');
        return valid ? true : throw new PatchFormatException("a similarity is a number and a percent sign", line);
    }

    private bool TakeIndex()
    {
        if (!Take("index ", out var text, out var line))
        {
            return false;
        }

        var fields = Encoding.Latin1.GetString(text).Split(' ');
        var ids = fields[0].Split("..");
        if (ids.Length != 2 || !ids.All(IsId) || fields.Length > 2)
        {
            throw new PatchFormatException("an index line is 'index <id>..<id> [<mode>]'", line);
        }

        if (fields.Length == 2)
        {
            OldMode ??= Mode(Encoding.Latin1.GetBytes(fields[1]), line);
        }

        return true;
    }

    private static bool IsId(string id) => id.Length is >= 4 and <= 40 && id.All(char.IsAsciiHexDigitLower);

    private bool Take(string prefix, out ReadOnlySpan<byte> text, out int line)
    {
        line = lines.Number;
        if (!lines.TryTake(Encoding.ASCII.GetBytes(prefix), out text))
        {
            return false;
        }

        return _seen.Add(prefix) ? true : throw new PatchFormatException($"'{prefix.TrimEnd()}' stands twice", line);
    }

    private void SetChange(FileChange? change, int line)
    {
        if (change is null)
        {
            return;
        }

        if (Change != FileChange.Modify && Change != change)
        {
            throw new PatchFormatException("a file is either added, deleted, renamed or copied", line);
        }

        Change = change.Value;
    }

    private static string Mode(ReadOnlySpan<byte> text, int line) =>
        text.Length == 6 && !text.ContainsAnyExceptInRange((byte)'0', (byte)'7')
            ? Encoding.ASCII.GetString(text)
            : throw new PatchFormatException("a mode has six octal digits", line);
}
