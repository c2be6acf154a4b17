using System.Text;

namespace Kfm.Agent.PullRequests;

/// <summary>Who owns which paths, as a CODEOWNERS file of GitHub says it ("About code owners"): the last line that matches decides.</summary>
/// <remarks>
/// Patterns are those of gitignore without <c>!</c>, <c>[ ]</c> and <c>\#</c>. A line that GitHub does not read is left out and told in <see cref="Errors"/>. A line
/// without owners takes the paths away from earlier ones. Owners by mail address are known, but nobody can be asked by them. GitHub has no sections.
/// </remarks>
public sealed class CodeOwners
{
    private const int LargestFile = 3 << 20;
    private const int MostLines = 20_000;
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);
    private readonly List<CodeOwnersRule> _rules = [];
    private readonly List<string> _errors = [];

    private CodeOwners()
    {
    }

    /// <summary>The lines that were left out, each with its number and why.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Reads a CODEOWNERS file.</summary>
    /// <param name="utf8">The file, less than 3 MiB, as GitHub reads it; of one that is larger or not UTF-8 no line counts.</param>
    public static CodeOwners Parse(ReadOnlySpan<byte> utf8)
    {
        var owners = new CodeOwners();
        if (utf8.Length >= LargestFile)
        {
            owners._errors.Add($"the file has more than {LargestFile} bytes");
            return owners;
        }

        string text;
        try
        {
            text = Utf8.GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            owners._errors.Add("the file is not UTF-8");
            return owners;
        }

        owners.Read(text.TrimStart('\uFEFF').Split('\n'));
        return owners;
    }

    /// <summary>The owners of a path: logins as <c>@user</c>, teams as <c>@org/team</c>, or mail addresses; none where no line matches.</summary>
    /// <param name="path">The path from the root, with <c>/</c> between names. Case counts.</param>
    public IReadOnlyList<string> OwnersOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return _rules.FindLast(r => r.IsMatch(path))?.Owners ?? [];
    }

    /// <summary>The owners of any of the paths, each once, ordinal order.</summary>
    /// <param name="paths">The paths.</param>
    public IReadOnlyList<string> OwnersOf(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return [.. paths.SelectMany(OwnersOf).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];
    }

    private void Read(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (i == MostLines)
            {
                _errors.Add($"line {i + 1}: at most {MostLines} lines are read");
                return;
            }

            var words = Words(lines[i]);
            if (words.Count == 0)
            {
                continue;
            }

            var fault = CodeOwnersRule.Fault(words[0]) ?? words.Skip(1).Where(o => !IsOwner(o)).Select(o => $"{VisibleText.Line(o)} is no @user, @org/team or mail address").FirstOrDefault();
            if (fault is not null)
            {
                _errors.Add($"line {i + 1}: {fault}");
                continue;
            }

            _rules.Add(new CodeOwnersRule(words[0], [.. words.Skip(1)]));
        }
    }

    // Words are apart by spaces and tabs; a space in a pattern is written with a backslash. A comment starts with # at a word.
    private static List<string> Words(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        for (var i = 0; i <= line.Length; i++)
        {
            if (i == line.Length || line[i] is ' ' or '\t' or '\r')
            {
                if (word.Length > 0)
                {
                    words.Add(word.ToString());
                    word.Clear();
                }
            }
            else if (line[i] == '#' && word.Length == 0)
            {
                break;
            }
            else if (line[i] == '\\' && i + 1 < line.Length && line[i + 1] is ' ' or '\t')
            {
                word.Append(line[++i]);
            }
            else
            {
                word.Append(line[i]);
            }
        }

        return words;
    }

    private static bool IsOwner(string word) => word.StartsWith('@')
        ? word[1..].Split('/') is { Length: 1 or 2 } parts && parts.All(p => p.Length > 0 && p.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '[' or ']'))
        : word.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < word.Length - 1 && word.IndexOf('@', at + 1) < 0;
}
