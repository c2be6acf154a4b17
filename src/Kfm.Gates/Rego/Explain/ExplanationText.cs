using System.Globalization;
using System.Text;

namespace Kfm.Gates.Rego;

/// <summary>Explanations as text: a block for each rule, with the bodies that fired and the expressions at which the others failed.</summary>
public static class ExplanationText
{
    private const int LongestValue = 200;

    /// <summary>Writes the explanation; empty without any body.</summary>
    /// <param name="bodies">The bodies, see <see cref="ExplanationRecorder.Bodies"/>.</param>
    /// <param name="indent">What stands before every line.</param>
    public static string Of(IReadOnlyList<BodyExplanation> bodies, string indent = "")
    {
        ArgumentNullException.ThrowIfNull(bodies);
        var text = new StringBuilder();
        foreach (var rule in bodies.GroupBy(b => b.Rule, StringComparer.Ordinal))
        {
            text.Append(indent).Append(rule.Key).Append('\n');
            foreach (var body in rule)
            {
                Write(body, indent + "  ", text);
            }
        }

        return text.ToString();
    }

    /// <summary>The explanation as a JSON value: an array of <c>{"rule", "fired", "values", "tried", "location", "failed": [{"text", "count", "location"}]}</c>.</summary>
    /// <param name="bodies">The bodies.</param>
    public static RegoValue Json(IReadOnlyList<BodyExplanation> bodies)
    {
        ArgumentNullException.ThrowIfNull(bodies);
        return RegoArray.Create(bodies.Select(b => (RegoValue)Object(
            ("rule", RegoValue.Of(b.Rule)),
            ("fired", RegoValue.Of(b.Fired)),
            ("values", RegoArray.Create(b.Values)),
            ("tried", RegoValue.Of(b.Tried)),
            ("location", Place(b.Path, b.Row, 1)),
            ("failed", RegoArray.Create(b.Failed.Select(f => (RegoValue)Object(
                ("text", RegoValue.Of(f.Text)), ("count", RegoValue.Of(f.Count)), ("location", Place(b.Path, f.Row, f.Col)))))))));
    }

    private static void Write(BodyExplanation body, string indent, StringBuilder text)
    {
        text.Append(indent).Append(CultureInfo.InvariantCulture, $"{body.Path}:{body.Row}: ");
        text.Append(body.Fired ? "fired: " + Short(string.Join(", ", body.Values)) : "did not fire").Append('\n');
        foreach (var failed in body.Fired ? [] : body.Failed)
        {
            var times = failed.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({failed.Count} times)");
            text.Append(indent).Append("  ").Append(CultureInfo.InvariantCulture, $"{body.Path}:{failed.Row}: failed: {Short(OneLine(failed.Text))}{times}\n");
        }
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Short(string text) => text.Length <= LongestValue ? text : text[..LongestValue] + "…";

    private static RegoObject Place(string path, int row, int col) =>
        Object(("file", RegoValue.Of(path)), ("row", RegoValue.Of(row)), ("col", RegoValue.Of(col)));

    private static RegoObject Object(params (string Key, RegoValue Value)[] members) =>
        RegoObject.Create(members.Select(m => KeyValuePair.Create(RegoValue.Of(m.Key), m.Value)));
}
