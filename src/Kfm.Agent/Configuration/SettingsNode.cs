using System.Text.Json;
using Kfm.Provenance.Manifests;

namespace Kfm.Agent.Configuration;

/// <summary>A value of kfm.json that knows where it stands.</summary>
internal readonly struct SettingsNode(JsonElement value, string pointer)
{
    private const int MostItems = 1_000;
    private const int LongestText = 200;
    private const int LongestArgument = 4_096;

    /// <summary>Refuses anything but an object that has each member at most once and no member besides the known ones.</summary>
    public void Expect(params ReadOnlySpan<string> known)
    {
        foreach (var (name, node) in Members())
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                throw node.Wrong($"this member is not known here; known are {string.Join(", ", known.ToArray())}");
            }
        }
    }

    /// <summary>The members of an object, each once.</summary>
    public IReadOnlyList<(string Name, SettingsNode Node)> Members()
    {
        Require(JsonValueKind.Object, "an object");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var members = new List<(string, SettingsNode)>();
        foreach (var member in value.EnumerateObject())
        {
            var node = new SettingsNode(member.Value, $"{pointer}/{Escape(member.Name)}");
            members.Add((member.Name, node));
            if (!seen.Add(member.Name))
            {
                throw node.Wrong("this member stands here twice; keep one");
            }

            if (member.Name.Length is 0 or > LongestText || members.Count > MostItems)
            {
                throw node.Wrong($"at most {MostItems} members with names of 1 to {LongestText} characters are read");
            }
        }

        return members;
    }

    public SettingsNode Get(string name) => Find(name) ?? throw Wrong($"the member '{name}' is missing");

    public SettingsNode? Find(string name) =>
        value.TryGetProperty(name, out var member) ? new SettingsNode(member, $"{pointer}/{Escape(name)}") : null;

    public List<T> Items<T>(Func<SettingsNode, T> read)
    {
        Require(JsonValueKind.Array, "an array");
        if (value.GetArrayLength() > MostItems)
        {
            throw Wrong($"at most {MostItems} items are read");
        }

        var items = new List<T>();
        foreach (var item in value.EnumerateArray())
        {
            items.Add(read(new SettingsNode(item, $"{pointer}/{items.Count}")));
        }

        return items;
    }

    public string Text() => Bounded(1, LongestText);

    public string Path() => Bounded(1, LongestArgument) is var path && RelativePath.IsValid(path, out _)
        ? path
        : throw Wrong("a path is relative to the root of the repository, with forward slashes and without '.' and '..'");

    public Glob Glob()
    {
        try
        {
            return Configuration.Glob.Parse(Path());
        }
        catch (GlobFormatException e)
        {
            throw Wrong(e.Message.TrimEnd('.'));
        }
    }

    public string Variable() => Text() is var name && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
        ? name
        : throw Wrong("a variable of the environment has a name of letters, digits and '_'");

    public string Word() => Text() is var word && word.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.')
        ? word
        : throw Wrong("a word of small letters, digits, '-', '_' and '.' is expected");

    public List<string> Command() => Items(argument => argument.Bounded(0, LongestArgument)) is [{ Length: > 0 }, ..] command
        ? command
        : throw Wrong("a command is an array of the program and its arguments");

    public bool Flag() => value.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? value.GetBoolean()
        : throw Wrong("true or false is expected");

    public int Integer(int least, int most)
    {
        Require(JsonValueKind.Number, "a number");
        return value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw Wrong($"a whole number from {least} to {most} is expected");
    }

    public double Number(double least, double most)
    {
        Require(JsonValueKind.Number, "a number");
        return value.TryGetDouble(out var number) && number >= least && number <= most
            ? number
            : throw Wrong(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"a number from {least} to {most} is expected"));
    }

    public KfmSettingsException Wrong(string message) => new(message + ".", pointer);

    private string Bounded(int shortest, int longest)
    {
        Require(JsonValueKind.String, "a text");
        string text;
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Wrong("the text has half a surrogate pair");
        }

        return text.Length >= shortest && text.Length <= longest && !text.Contains('\0')
            ? text
            : throw Wrong($"a text of {shortest} to {longest} characters without U+0000 is expected");
    }

    private void Require(JsonValueKind kind, string what)
    {
        if (value.ValueKind != kind)
        {
            throw Wrong($"{what} is expected");
        }
    }

    private static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
