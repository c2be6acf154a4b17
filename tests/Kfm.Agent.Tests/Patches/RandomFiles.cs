using System.Text;
using Kfm.Testing;

namespace Kfm.Agent.Tests.Patches;

/// <summary>Random files in a repository, and random changes of them. Lines repeat, so that hunks find several places.</summary>
internal sealed class RandomFiles(GitRepository repository, int seed)
{
    private static readonly string[] Words = ["alpha", "beta", "", "}", "    return;", "\ttab", "caf\u00e9", "# x"];
    private static readonly string[] Stems = ["plain", "with space", "\u00fcml\u00e4ut", "quo\"te", "dir/nested", "dir/deep/er", "-dash", "a b/c d"];

    private readonly Random _random = new(seed);
    private readonly List<string> _paths = [];
    private int _names;

    /// <summary>Writes the first files.</summary>
    public void Create()
    {
        for (var i = 0; i < 6; i++)
        {
            Add();
        }
    }

    /// <summary>Makes some random changes.</summary>
    public void Change()
    {
        for (var i = _random.Next(1, 5); i > 0; i--)
        {
            var path = _paths[_random.Next(_paths.Count)];
            switch (_random.Next(8))
            {
                case 0:
                    Add();
                    break;
                case 1 when _paths.Count > 2:
                    File.Delete(Full(path));
                    _paths.Remove(path);
                    break;
                case 2:
                    Rename(path);
                    break;
                case 3:
                    FlipMode(path);
                    break;
                case 4:
                    File.Copy(Full(path), Full(Own(NewName())));
                    break;
                default:
                    Edit(path);
                    break;
            }
        }
    }

    /// <summary>Adds or removes a line in some files, so that a patch for the files before lies at other places.</summary>
    public void Shift()
    {
        foreach (var path in _paths.Where(_ => _random.Next(2) == 0))
        {
            EditOnce(path);
        }
    }

    private void Add()
    {
        var lines = Enumerable.Range(0, _random.Next(25)).Select(_ => Word()).ToList();
        Write(Own(NewName()), lines);
    }

    private void Rename(string path)
    {
        var target = Own(NewName());
        File.Move(Full(path), Full(target));
        _paths.Remove(path);
        if (_random.Next(2) == 0)
        {
            Edit(target);
        }
    }

    private void FlipMode(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Full(path), File.GetUnixFileMode(Full(path)) ^ UnixFileMode.UserExecute);
        }
    }

    private void Edit(string path)
    {
        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            EditOnce(path);
        }
    }

    private void EditOnce(string path)
    {
        var lines = File.ReadAllText(Full(path)).Split('\n').ToList();
        var at = _random.Next(lines.Count + 1);
        if (at < lines.Count && _random.Next(2) == 0)
        {
            lines.RemoveAt(at);
        }
        else
        {
            lines.Insert(at, Word());
        }

        File.WriteAllText(Full(path), string.Join('\n', lines), new UTF8Encoding(false));
    }

    private string Word() => Words[_random.Next(Words.Length)] + (_random.Next(6) == 0 ? "\r" : "");

    private void Write(string path, List<string> lines) =>
        repository.Write(path, string.Join('\n', lines) + (lines.Count > 0 && _random.Next(4) > 0 ? "\n" : ""));

    private string NewName() => $"{Stems[_random.Next(Stems.Length)]}{_names++}.txt";

    private string Own(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        _paths.Add(path);
        return path;
    }

    private string Full(string path) => Path.Combine(repository.Path, path);
}
