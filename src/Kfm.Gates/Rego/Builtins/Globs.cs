using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>glob.match and glob.quote_meta: *, **, ?, [a-c], [!a], {a,b} with delimiters.</summary>
internal static class Globs
{
    private const int MaxCached = 1000;
    private static readonly ConcurrentDictionary<(string Pattern, string Delimiters), Regex> Cache = new();

    internal static void Register(Action<string, int, Builtin> add)
    {
        add("glob.match", 3, Match);
        add("glob.quote_meta", 1, static (_, a) => new RegoString(string.Concat(
            Operand.Text("glob.quote_meta", a, 0).Select(static c => @"*?\[]{}".Contains(c, StringComparison.Ordinal) ? "\\" + c : c.ToString()))));
    }

    private static RegoValue Match(BuiltinContext context, RegoValue[] a)
    {
        var pattern = Operand.Text("glob.match", a, 0);
        var delimiters = a[1] switch
        {
            RegoNull => [],
            RegoArray { Count: 0 } => ["."],
            RegoArray => Operand.Texts("glob.match", a, 1),
            _ => throw Operand.Wrong("glob.match", a, 1, "one of {null, array}"),
        };
        if (delimiters.Exists(static d => Strings.Runes(d).Length != 1))
        {
            throw BuiltinException.Operand("glob.match", 2, "must be array of single characters");
        }

        var text = Operand.Text("glob.match", a, 2);
        return RegoValue.Of(Get(pattern, string.Concat(delimiters)).IsMatch(text));
    }

    private static Regex Get(string pattern, string delimiters)
    {
        if (Cache.TryGetValue((pattern, delimiters), out var known))
        {
            return known;
        }

        var translated = new GlobTranslator(pattern, delimiters).Run();
        try
        {
            var regex = new Regex(translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromSeconds(10));
            if (Cache.Count >= MaxCached)
            {
                Cache.Clear();
            }

            Cache[(pattern, delimiters)] = regex;
            return regex;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw BuiltinException.Failed("glob.match", "invalid pattern " + GoQuote.Quote(pattern));
        }
    }
}

/// <summary>Rewrites a glob as a regular expression.</summary>
internal sealed class GlobTranslator(string pattern, string delimiters)
{
    private readonly StringBuilder _text = new("\\A(?:");
    private int _at;
    private int _depth;

    internal string Run()
    {
        var any = delimiters.Length == 0 ? "." : "[^" + Regex.Escape(delimiters).Replace("]", "\\]", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal) + "]";
        while (_at < pattern.Length)
        {
            var c = pattern[_at++];
            switch (c)
            {
                case '*' when _at < pattern.Length && pattern[_at] == '*':
                    _at++;
                    _text.Append(".*");
                    break;
                case '*':
                    _text.Append(any).Append('*');
                    break;
                case '?':
                    _text.Append(any);
                    break;
                case '[':
                    Class();
                    break;
                case '{':
                    _depth++;
                    _text.Append("(?:");
                    break;
                case '}' when _depth > 0:
                    _depth--;
                    _text.Append(')');
                    break;
                case ',' when _depth > 0:
                    _text.Append('|');
                    break;
                case '\\' when _at < pattern.Length:
                    _text.Append(Regex.Escape(pattern[_at++].ToString()));
                    break;
                default:
                    _text.Append(Regex.Escape(c.ToString()));
                    break;
            }
        }

        return _text.Append(")\\z").ToString();
    }

    private void Class()
    {
        var end = pattern.IndexOf(']', _at);
        if (end < 0)
        {
            throw BuiltinException.Failed("glob.match", "unexpected end of input");
        }

        var members = pattern[_at..end];
        var negated = members.StartsWith('!');
        members = (negated ? members[1..] : members).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal).Replace("^", "\\^", StringComparison.Ordinal);
        _text.Append(negated ? "[^" : "[").Append(members).Append(']');
        _at = end + 1;
    }
}
