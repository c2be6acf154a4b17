using System.Text;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>regex.template_match: text in which patterns stand between two delimiters.</summary>
internal static class RegexTemplates
{
    private const string Name = "regex.template_match";

    internal static void Register(Action<string, int, Builtin> add) => add(Name, 4, static (_, a) =>
    {
        var (template, value) = (Operand.Text(Name, a, 0), Operand.Text(Name, a, 1));
        var (start, end) = (Delimiter(a, 2), Delimiter(a, 3));
        return RegoValue.Of(Compile(Pattern(template, start, end)).Regex.IsMatch(value));
    });

    private static char Delimiter(RegoValue[] a, int index) => Operand.Text(Name, a, index) is [var c]
        ? c
        : throw BuiltinException.Failed(Name, $"{(index == 2 ? "start" : "end")} delimiter has to be exactly one character long but is {Encoding.UTF8.GetByteCount(Operand.Text(Name, a, index))} long");

    private static string Pattern(string template, char start, char end)
    {
        var (pattern, level, from) = (new StringBuilder("^"), 0, 0);
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] == start && level++ == 0)
            {
                pattern.Append(Quote(template[from..i]));
                from = i + 1;
            }
            else if (template[i] == end && template[i] != start)
            {
                level--;
                if (level == 0)
                {
                    // Each pattern is one by itself, so that none can close the group of another.
                    _ = Compile($"^{template[from..i]}$");
                    pattern.Append('(').Append(template[from..i]).Append(')');
                    from = i + 1;
                }
                else if (level < 0)
                {
                    break;
                }
            }
        }

        return level == 0
            ? pattern.Append(Quote(template[from..])).Append('$').ToString()
            : throw BuiltinException.Failed(Name, $"unbalanced braces in {GoQuote.Quote(template)}");
    }

    private static GoRegex Compile(string pattern) =>
        GoRegex.TryGet(pattern, out var message) ?? throw BuiltinException.Failed(Name, message);

    private static string Quote(string text) => string.Concat(text.Select(c => @"\.+*?()|[]{}^$".Contains(c, StringComparison.Ordinal) ? "\\" + c : c.ToString()));
}
