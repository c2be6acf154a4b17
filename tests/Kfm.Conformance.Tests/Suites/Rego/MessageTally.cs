using System.Globalization;
using Kfm.Gates.Rego;

namespace Kfm.Conformance.Tests.Suites.Rego;

/// <summary>Counts the cases whose messages are exactly those that were recorded, and those whose columns are.</summary>
internal sealed class MessageTally
{
    private readonly List<string> _others = [];
    private int _cases;
    private int _messages;
    private int _columns;

    public void Add(string note, IEnumerable<RegoObject> want, IReadOnlyList<RegoError> errors)
    {
        _cases++;
        var expected = want.ToList();
        var sameMessages = Same(expected.Select(Message), errors.Select(e => e.Message));
        var sameColumns = Same(expected.Select(Column), errors.Select(Column));
        _messages += sameMessages ? 1 : 0;
        _columns += sameColumns ? 1 : 0;
        if (!sameMessages || !sameColumns)
        {
            _others.Add($"  {note}: gives [{string.Join("; ", errors.Select(e => Column(e) + " " + e.Message))}], "
                + $"recorded [{string.Join("; ", expected.Select(e => Column(e) + " " + Message(e)))}]");
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"conformance rego errors: messages exact in {_messages} of {_cases} cases, columns in {_columns}{string.Concat(_others.Select(o => "\n" + o))}";

    private static string Column(RegoObject error) => error.Member("col")!.ToString();

    private static string Column(RegoError error) => error.Col.ToString(CultureInfo.InvariantCulture);

    private static string Message(RegoObject error) => ((RegoString)error.Member("message")!).Text;

    private static bool Same(IEnumerable<string> left, IEnumerable<string> right) =>
        left.Order(StringComparer.Ordinal).SequenceEqual(right.Order(StringComparer.Ordinal), StringComparer.Ordinal);
}
