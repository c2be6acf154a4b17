using Kfm.Provenance.Manifests;

namespace Kfm.Agent.Codegen.Edits;

/// <summary>The files that a model was shown, under its edits.</summary>
internal sealed class EditedFiles
{
    private readonly Dictionary<string, PromptFile> _before;
    private readonly Dictionary<string, PromptFile> _after;

    // Where a file of the end stood at the start, as long as it only moved.
    private readonly Dictionary<string, string> _origins = new(StringComparer.Ordinal);

    public EditedFiles(IReadOnlyCollection<PromptFile> files)
    {
        _before = files.ToDictionary(f => f.Path, StringComparer.Ordinal);
        _after = new Dictionary<string, PromptFile>(_before, StringComparer.Ordinal);
    }

    /// <summary>Applies edits in their order and gives the differences as a git unified diff.</summary>
    /// <exception cref="EditFormatException">An edit does not fit the files, or all together change nothing.</exception>
    public static string ToPatch(IReadOnlyCollection<PromptFile> files, IReadOnlyList<FileEdit> edits)
    {
        var edited = new EditedFiles(files);
        foreach (var (i, edit) in edits.Index())
        {
            edited.Apply(edit, $"/edits/{i}");
        }

        var patch = DiffWriter.Write(edited.Changes());
        return patch.Length > 0 ? patch : throw new EditFormatException("the edits change nothing", "/edits");
    }

    /// <summary>Applies one edit.</summary>
    public void Apply(FileEdit edit, string pointer)
    {
        if (edit.Action != EditAction.Replace && edit.Search.Length > 0)
        {
            throw new EditFormatException("only a replacement has a search text; leave it empty", pointer + "/search");
        }

        switch (edit.Action)
        {
            case EditAction.Create:
                _after.Add(Free(edit.Path, pointer + "/path"), new PromptFile(edit.Path, edit.Replace));
                break;
            case EditAction.Delete:
                Take(edit.Path, pointer);
                _origins.Remove(edit.Path);
                break;
            case EditAction.Rename:
                Rename(edit, pointer);
                break;
            default:
                var file = Find(edit.Path, pointer);
                _after[edit.Path] = file with { Text = Replaced(file.Text, edit, pointer) };
                break;
        }
    }

    /// <summary>What differs between start and end, sorted by path.</summary>
    public IReadOnlyList<FileDifference> Changes()
    {
        // A path that is taken again is changed in place; what moved away from it is told as a new file.
        var moved = _origins.Where(o => !_after.ContainsKey(o.Value) && !_before.ContainsKey(o.Key)).ToDictionary(o => o.Key, o => o.Value, StringComparer.Ordinal);
        var gone = _before.Values.Where(f => !_after.ContainsKey(f.Path) && !moved.ContainsValue(f.Path)).Select(f => new FileDifference(f, null));
        var there = _after.Values
            .Select(f => new FileDifference(_before.GetValueOrDefault(moved.GetValueOrDefault(f.Path, f.Path)), f))
            .Where(d => d.Before is null || d.Before != d.After);
        return [.. gone.Concat(there).OrderBy(d => d.Path, StringComparer.Ordinal)];
    }

    private void Rename(FileEdit edit, string pointer)
    {
        var target = Free(edit.Replace, pointer + "/replace");
        var file = Take(edit.Path, pointer);
        _after.Add(target, file with { Path = target });
        var origin = _origins.Remove(edit.Path, out var first) ? first : edit.Path;
        if (_before.ContainsKey(origin) && !_origins.ContainsValue(origin))
        {
            _origins[target] = origin;
        }
    }

    private string Free(string path, string pointer)
    {
        if (!RelativePath.IsValid(path, out _))
        {
            throw new EditFormatException("a path is relative to the root of the repository, with forward slashes and without '.' and '..'", pointer);
        }

        return _after.ContainsKey(path) ? throw new EditFormatException("there is a file at this path already", pointer) : path;
    }

    private PromptFile Find(string path, string pointer) => _after.GetValueOrDefault(path)
        ?? throw new EditFormatException("there is no such file among those that the prompt shows", pointer + "/path");

    private PromptFile Take(string path, string pointer)
    {
        var file = Find(path, pointer);
        _after.Remove(path);
        return file;
    }

    private static string Replaced(string text, FileEdit edit, string pointer)
    {
        if (edit.Search.Length == 0)
        {
            throw new EditFormatException("the search text is empty", pointer + "/search");
        }

        var at = text.IndexOf(edit.Search, StringComparison.Ordinal);
        if (at < 0)
        {
            throw new EditFormatException("the search text does not stand in the file", pointer + "/search");
        }

        var again = text.IndexOf(edit.Search, at + 1, StringComparison.Ordinal);
        return again < 0
            ? string.Concat(text.AsSpan(0, at), edit.Replace, text.AsSpan(at + edit.Search.Length))
            : throw new EditFormatException(
                $"the search text stands at line {Line(text, at)} and at line {Line(text, again)} of the file; one that stands there once is needed", pointer + "/search");
    }

    private static int Line(string text, int index) => text.AsSpan(0, index).Count('\n') + 1;
}
