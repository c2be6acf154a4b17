namespace Kfm.Agent.Patches;

/// <summary>Reads the sections of a git unified diff (git-diff(1), "generating patch text with -p").</summary>
internal sealed class PatchParser(ReadOnlyMemory<byte> bytes, PatchLimits limits)
{
    private readonly PatchLines _lines = new(bytes);

    public List<FilePatch> Parse()
    {
        var files = new List<FilePatch>();
        while (!_lines.AtEnd)
        {
            if (files.Count == limits.Files)
            {
                throw _lines.Error($"the patch changes more than {limits.Files} files");
            }

            files.Add(ParseFile());
        }

        return files.Count > 0 ? files : throw _lines.Error("the patch is empty");
    }

    private FilePatch ParseFile()
    {
        var line = _lines.Number;
        if (!_lines.TryTake("diff --git "u8, out var names))
        {
            throw _lines.Error("a section starts with 'diff --git a/… b/…'");
        }

        var header = new ExtendedHeader(_lines, limits);
        header.Read();
        var binary = ReadBinary();
        var (oldName, newName) = binary ? (null, null) : ReadNames();
        var (oldPath, newPath) = new SectionNames(names, line, limits).Resolve(header, oldName, newName, binary);
        var hunks = oldName is null ? [] : new HunkParser(_lines).ParseAll();
        return new FilePatch
        {
            Line = line,
            Change = header.Change,
            OldPath = oldPath,
            NewPath = newPath,
            OldMode = header.OldMode,
            NewMode = header.NewMode,
            IsBinary = binary,
            Hunks = hunks,
        };
    }

    private bool ReadBinary()
    {
        if (_lines.TryTake("Binary files "u8, out _))
        {
            return true;
        }

        if (!_lines.TryTake("GIT binary patch"u8, out _))
        {
            return false;
        }

        // The content is never used: a checker refuses the section. It ends where the next one starts.
        while (!_lines.AtEnd && !_lines.Current.StartsWith("diff --git "u8))
        {
            _lines.Next();
        }

        return true;
    }

    private (byte[]? Old, byte[]? New) ReadNames()
    {
        var line = _lines.Number;
        if (!_lines.TryTake("--- "u8, out var text))
        {
            return (null, null);
        }

        var oldName = PatchPaths.Read(text, line, tabEnds: true);
        if (!_lines.TryTake("+++ "u8, out text))
        {
            throw _lines.Error("a '---' line is followed by a '+++' line");
        }

        return (oldName, PatchPaths.Read(text, line + 1, tabEnds: true));
    }
}
