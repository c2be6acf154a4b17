namespace Kfm.Gates.Rego.Builtins;

/// <summary>regex.*</summary>
internal static class Regexes
{
    internal static void Register(Action<string, int, Builtin> add)
    {
        add("regex.match", 2, static (c, a) => Match(c, "regex.match", a));
        add("re_match", 2, static (c, a) => Match(c, "re_match", a));
        add("regex.is_valid", 1, static (_, a) => RegoValue.Of(a[0] is RegoString s && GoRegex.TryGet(s.Text, out string _) is not null));
        add("regex.find_n", 3, FindN);
        add("regex.find_all_string_submatch_n", 3, FindSubmatches);
        add("regex.split", 2, Split);
        add("regex.replace", 3, Replace);
    }

    private static GoRegex Get(string builtin, string pattern) =>
        GoRegex.TryGet(pattern, out var message) ?? throw BuiltinException.Failed(builtin, message);

    private static RegoValue Match(BuiltinContext context, string builtin, RegoValue[] a) =>
        RegoValue.Of(Get(builtin, Operand.Text(builtin, a, 0)).Regex.IsMatch(Operand.Text(builtin, a, 1)));

    private static RegoArray FindN(BuiltinContext context, RegoValue[] a)
    {
        var regex = Get("regex.find_n", Operand.Text("regex.find_n", a, 0));
        var text = Operand.Text("regex.find_n", a, 1);
        return new RegoArray([.. regex.Matches(text, Operand.Int32("regex.find_n", a, 2)).Select(m => RegoValue.Of(m.Value))]);
    }

    private static RegoArray FindSubmatches(BuiltinContext context, RegoValue[] a)
    {
        const string name = "regex.find_all_string_submatch_n";
        var regex = Get(name, Operand.Text(name, a, 0));
        var matches = regex.Matches(Operand.Text(name, a, 1), Operand.Int32(name, a, 2));
        return new RegoArray([.. matches.Select(m => RegoArray.Create(m.Groups.Values.Select(g => RegoValue.Of(g.Value))))]);
    }

    private static RegoArray Split(BuiltinContext context, RegoValue[] a)
    {
        var regex = Get("regex.split", Operand.Text("regex.split", a, 0));
        var text = Operand.Text("regex.split", a, 1);
        var parts = new List<RegoValue>();
        var start = 0;
        foreach (var match in regex.Matches(text, -1))
        {
            if (match.Length == 0 && (match.Index == 0 || match.Index == text.Length))
            {
                continue;
            }

            parts.Add(RegoValue.Of(text[start..match.Index]));
            start = match.Index + match.Length;
        }

        parts.Add(RegoValue.Of(text[start..]));
        return new RegoArray([.. parts]);
    }

    private static RegoString Replace(BuiltinContext context, RegoValue[] a)
    {
        var text = Operand.Text("regex.replace", a, 0);
        var regex = Get("regex.replace", Operand.Text("regex.replace", a, 1));
        var template = Operand.Text("regex.replace", a, 2);
        var result = new System.Text.StringBuilder();
        var start = 0;
        foreach (var match in regex.Matches(text, -1))
        {
            result.Append(text, start, match.Index - start);
            GoRegex.Expand(template, match, result);
            start = match.Index + match.Length;
            context.CheckSize(result.Length);
        }

        return new RegoString(result.Append(text, start, text.Length - start).ToString());
    }
}
