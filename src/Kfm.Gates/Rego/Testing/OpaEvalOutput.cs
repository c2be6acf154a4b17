namespace Kfm.Gates.Rego;

/// <summary>The outputs and exit codes of <c>opa eval</c> (OPA: cmd/eval.go and internal/presentation).</summary>
public static class OpaEvalOutput
{
    /// <summary>The exit code when the policy does not compile or the evaluation is abandoned.</summary>
    public const int ErrorExitCode = 2;

    /// <summary>The exit code of a result: 1 with <paramref name="fail"/> when it is empty or with <paramref name="failDefined"/> when it is not, else 0.</summary>
    /// <param name="result">The result.</param>
    /// <param name="fail">The option --fail.</param>
    /// <param name="failDefined">The option --fail-defined.</param>
    public static int ExitCode(QueryResult result, bool fail, bool failDefined)
    {
        ArgumentNullException.ThrowIfNull(result);
        return (fail && !result.IsDefined) || (failDefined && result.IsDefined) ? 1 : 0;
    }

    /// <summary>The JSON output: <c>{"result": [{"expressions": [...], "bindings": {...}}]}</c>, indented by two, with a newline.</summary>
    /// <param name="result">The result.</param>
    public static string Json(QueryResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var document = result.IsDefined ? Object(("result", RegoArray.Create(result.Rows.Select(Row)))) : RegoObject.Empty;
        return JsonOutput.Write(document, "  ") + "\n";
    }

    /// <summary>The JSON output for errors: <c>{"errors": [...]}</c>.</summary>
    /// <param name="errors">The errors.</param>
    public static string Json(IEnumerable<RegoError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        return JsonOutput.Write(Object(("errors", RegoArray.Create(errors.Select(Error)))), "  ") + "\n";
    }

    /// <summary>The pretty output of a result with one expression and no bindings: its value; else the rows as JSON lines.</summary>
    /// <param name="result">The result.</param>
    public static string Pretty(QueryResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (!result.IsDefined)
        {
            return "undefined\n";
        }

        return result.Rows is [{ Bindings.Count: 0, Expressions: [var only] }]
            ? JsonOutput.Write(only.Value, "  ") + "\n"
            : string.Concat(result.Rows.Select(r => JsonOutput.Write(Row(r)) + "\n"));
    }

    private static RegoValue Row(QueryRow row)
    {
        var expressions = RegoArray.Create(row.Expressions.Select(e => (RegoValue)Object(
            ("value", e.Value), ("text", RegoValue.Of(e.Text)), ("location", Object(("row", RegoValue.Of(e.Row)), ("col", RegoValue.Of(e.Col)))))));
        return row.Bindings.Count == 0 ? Object(("expressions", expressions)) : Object(("expressions", expressions), ("bindings", row.Bindings));
    }

    /// <summary>The JSON output with further members beside the result, such as an explanation.</summary>
    /// <param name="result">The result.</param>
    /// <param name="members">The further members.</param>
    public static string Json(QueryResult result, IEnumerable<(string Name, RegoValue Value)> members)
    {
        ArgumentNullException.ThrowIfNull(result);
        (string, RegoValue)[] own = result.IsDefined ? [("result", RegoArray.Create(result.Rows.Select(Row)))] : [];
        return JsonOutput.Write(Object([.. own, .. members]), "  ") + "\n";
    }

    /// <summary>The errors as text: how many there are, then a line for each, with its details indented below it.</summary>
    /// <param name="errors">The errors.</param>
    public static string Pretty(IReadOnlyList<RegoError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        var lines = errors.Select(e => e.Details.Length == 0 ? e.ToString() : $"{e}\n\t{e.Details.Replace("\n", "\n\t", StringComparison.Ordinal)}");
        return errors.Count == 1
            ? $"1 error occurred: {lines.First()}\n"
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{errors.Count} errors occurred:\n{string.Join('\n', lines)}\n");
    }

    private static RegoValue Error(RegoError error) => Object(
        ("code", RegoValue.Of(error.Code)),
        ("message", RegoValue.Of(error.Message)),
        ("location", Object(("file", RegoValue.Of(error.Path)), ("row", RegoValue.Of(error.Row)), ("col", RegoValue.Of(error.Col)))));

    private static RegoObject Object(params (string Key, RegoValue Value)[] members)
    {
        var table = new ValueTable(2, members.Length);
        foreach (var (key, value) in members)
        {
            table.Put(RegoValue.Of(key), value);
        }

        return new RegoObject(table);
    }
}
