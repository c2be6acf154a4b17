using System.Text;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>regex.globs_match: whether some text matches both of two patterns of characters, dots and sets, each with an optional + or *.</summary>
internal static class GlobIntersection
{
    private const string Name = "regex.globs_match";

    internal static void Register(Action<string, int, Builtin> add) => add(Name, 2, static (context, a) =>
    {
        var (left, right) = (Read(Operand.Text(Name, a, 0)), Read(Operand.Text(Name, a, 1)));
        context.CheckSize((long)left.Count * right.Count);
        return RegoValue.Of(Meet(left, right));
    });

    /// <summary>Whether both reach their ends together: a search over pairs of places, each at most once.</summary>
    private static bool Meet(List<GlobToken> left, List<GlobToken> right)
    {
        var seen = new bool[left.Count + 1, right.Count + 1];
        var open = new Stack<(int Left, int Right)>([(0, 0)]);
        while (open.TryPop(out var at))
        {
            if (seen[at.Left, at.Right])
            {
                continue;
            }

            seen[at.Left, at.Right] = true;
            if (at.Left == left.Count && at.Right == right.Count)
            {
                return true;
            }

            var (one, other) = (at.Left < left.Count ? left[at.Left] : null, at.Right < right.Count ? right[at.Right] : null);
            Push(open, one is { IsRepeated: true }, (at.Left + 1, at.Right));
            Push(open, other is { IsRepeated: true }, (at.Left, at.Right + 1));
            Push(open, one is not null && other is not null && one.Overlaps(other), (at.Left + (one is { IsRepeated: true } ? 0 : 1), at.Right + (other is { IsRepeated: true } ? 0 : 1)));
        }

        return false;
    }

    private static void Push(Stack<(int Left, int Right)> open, bool holds, (int Left, int Right) next)
    {
        if (holds)
        {
            open.Push(next);
        }
    }

    // One or more is one, and then any number.
    private static List<GlobToken> Read(string input)
    {
        var (runes, tokens, at) = (input.EnumerateRunes().ToArray(), new List<GlobToken>(), 0);
        while (at < runes.Length)
        {
            var token = ReadToken(input, runes, ref at);
            var flag = at < runes.Length && runes[at].Value is '+' or '*' ? (char)runes[at++].Value : '\0';
            if (flag is '\0' or '+')
            {
                tokens.Add(token);
            }

            if (flag != '\0')
            {
                tokens.Add(token with { IsRepeated = true });
            }
        }

        return tokens;
    }

    private static GlobToken ReadToken(string input, Rune[] runes, ref int at)
    {
        var rune = runes[at++];
        switch (rune.Value)
        {
            case '\\':
                return at < runes.Length ? GlobToken.Of(runes[at++]) : throw Invalid(input, at - 1, "input ends with a \\ (escape) character");
            case '.':
                return GlobToken.Any;
            case '[':
                return ReadSet(input, runes, ref at);
            case ']':
                throw Invalid(input, at, "set-close ']' with no preceding '['");
            case '+' or '*':
                throw Invalid(input, at, $"flag '{rune}' must be preceded by a non-flag");
            default:
                return GlobToken.Of(rune);
        }
    }

    private static GlobToken ReadSet(string input, Rune[] runes, ref int at)
    {
        var ranges = new List<(Rune First, Rune Last)>();
        while (at < runes.Length && runes[at].Value != ']')
        {
            var first = Member(input, runes, ref at);
            if (at + 1 < runes.Length && runes[at].Value == '-' && runes[at + 1].Value != ']')
            {
                at++;
                var last = Member(input, runes, ref at);
                ranges.Add(first <= last ? (first, last) : throw Invalid(input, at, $"range from '{first}' to '{last}' is out of order"));
            }
            else
            {
                ranges.Add((first, first));
            }
        }

        if (at++ >= runes.Length)
        {
            throw Invalid(input, runes.Length, "found [ without matching ]");
        }

        return new GlobToken(ranges, IsRepeated: false);
    }

    private static Rune Member(string input, Rune[] runes, ref int at)
    {
        if (runes[at].Value == '\\')
        {
            at++;
        }

        return at < runes.Length ? runes[at++] : throw Invalid(input, at - 1, "input ends with a \\ (escape) character");
    }

    private static BuiltinException Invalid(string input, int position, string message) =>
        BuiltinException.Failed(Name, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"input:{input}, pos:{position}, {message}: the input provided is invalid"));
}
