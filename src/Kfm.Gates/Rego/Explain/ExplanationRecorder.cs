namespace Kfm.Gates.Rego;

/// <summary>
/// Gathers from the events of one evaluation which bodies fired and at which expressions the others failed. Give <see cref="Record"/> as
/// <see cref="EvaluateOptions.Trace"/> of a policy compiled with <see cref="RegoOptions.Trace"/>. Not safe for use by several threads at once.
/// </summary>
public sealed class ExplanationRecorder
{
    private const int MaxValues = 1000;
    private readonly Dictionary<(string Path, int Row, string Rule), Body> _bodies = [];

    /// <summary>The bodies that were evaluated, by module and line.</summary>
    public IReadOnlyList<BodyExplanation> Bodies =>
    [
        .. _bodies.OrderBy(b => b.Key.Path, StringComparer.Ordinal).ThenBy(b => b.Key.Row).ThenBy(b => b.Key.Rule, StringComparer.Ordinal)
            .Select(b => new BodyExplanation(b.Key.Rule, b.Key.Path, b.Key.Row, b.Value.Tried, [.. b.Value.Values], b.Value.Failures())),
    ];

    /// <summary>Takes one event.</summary>
    /// <param name="step">The event.</param>
    public void Record(TraceEvent step)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (step.Rule.Length == 0)
        {
            return;
        }

        var key = (step.Path, step.BodyRow, step.Rule);
        if (!_bodies.TryGetValue(key, out var body))
        {
            _bodies.Add(key, body = new Body());
        }

        body.Take(step);
    }

    private sealed class Body
    {
        private readonly HashSet<RegoValue> _seen = [];
        private readonly Dictionary<(int Row, int Col, string Text), int> _failed = [];

        internal int Tried { get; private set; }

        internal List<RegoValue> Values { get; } = [];

        internal void Take(TraceEvent step)
        {
            switch (step.Kind)
            {
                case TraceKind.Enter:
                    Tried++;
                    break;
                case TraceKind.Exit when Values.Count < MaxValues && _seen.Add(step.Value!):
                    Values.Add(step.Value!);
                    break;
                case TraceKind.Fail:
                    var place = (step.Row, step.Col, step.Text);
                    _failed[place] = _failed.GetValueOrDefault(place) + 1;
                    break;
            }
        }

        internal List<FailedExpression> Failures() =>
            [.. _failed.OrderBy(f => f.Key.Row).ThenBy(f => f.Key.Col).Select(f => new FailedExpression(f.Key.Text, f.Key.Row, f.Key.Col, f.Value))];
    }
}
