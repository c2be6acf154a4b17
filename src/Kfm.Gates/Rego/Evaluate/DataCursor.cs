using Kfm.Gates.Rego.Compile;

namespace Kfm.Gates.Rego.Evaluate;

/// <summary>A place below data: the rules there and the base document there.</summary>
internal readonly struct DataCursor
{
    private readonly Evaluation _evaluation;
    private readonly PolicyNode? _node;
    private readonly OverrideNode? _overrides;
    private readonly RegoValue? _base;

    private DataCursor(Evaluation evaluation, PolicyNode? node, OverrideNode? overrides, RegoValue? lower)
    {
        _evaluation = evaluation;
        _node = overrides is { IsEnd: true } ? null : node;
        _overrides = overrides;
        _base = lower;
    }

    internal static DataCursor Root(Evaluation evaluation) => new(evaluation, evaluation.Root, evaluation.Overrides, evaluation.Data);

    internal static RegoValue? Get(Evaluation evaluation, ReadOnlySpan<RegoValue> path) => At(evaluation, path).Value();

    internal static DataCursor At(Evaluation evaluation, ReadOnlySpan<RegoValue> path)
    {
        var cursor = Root(evaluation);
        foreach (var key in path)
        {
            cursor = cursor.Step(key);
        }

        return cursor;
    }

    internal DataCursor Step(RegoValue key)
    {
        if (_node?.Document is PartialDocument { Children.Count: > 0 } partial)
        {
            return Beside(partial, key);
        }

        if (_node?.Document is { } document)
        {
            var value = document is FunctionDocument ? null : _evaluation.Evaluate(document);
            return new DataCursor(_evaluation, null, null, value?.Get(key));
        }

        var child = key is RegoString name && _node is not null ? _node.Children.GetValueOrDefault(name.Text) : null;
        return new DataCursor(_evaluation, child, _overrides?.Child(key), _base?.Get(key) ?? ByText(key));
    }

    /// <summary>
    /// A step into a document whose rules lie at several depths: only what the key names is evaluated, because a rule may read its siblings. Where both
    /// kinds of rules give the key, the whole document tells whether they agree.
    /// </summary>
    private DataCursor Beside(PartialDocument partial, RegoValue key)
    {
        var own = _evaluation.Evaluate(partial.Own)?.Get(key);
        var child = key is RegoString name ? _node!.Children.GetValueOrDefault(name.Text) : null;
        return child is null ? new DataCursor(_evaluation, null, null, own)
            : own is null ? new DataCursor(_evaluation, child, null, null)
            : new DataCursor(_evaluation, null, null, _evaluation.Evaluate(partial)?.Get(key));
    }

    /// <summary>Base documents come from JSON: data[2] finds the member "2".</summary>
    private RegoValue? ByText(RegoValue key) => key is RegoNumber number && _base is RegoObject obj ? obj.Member(number.Text) : null;

    /// <summary>The whole document here; null when undefined.</summary>
    internal RegoValue? Value()
    {
        if (_node is null)
        {
            return _base;
        }

        if (_node.Document is { } document)
        {
            return document is FunctionDocument ? null : _evaluation.Evaluate(document) ?? _base;
        }

        var members = new ValueTable(2, _node.Children.Count);
        foreach (var name in _node.Children.Keys)
        {
            var key = new RegoString(name);
            if (Step(key).Value() is { } value)
            {
                members.Add(key, value);
            }
        }

        return Paths.Merge(_base, new RegoObject(members));
    }

    /// <summary>The keys to iterate over when this is a package; null when it is a plain value.</summary>
    internal IEnumerable<RegoValue>? PackageKeys()
    {
        if (_node is null || _node.Document is not null)
        {
            return null;
        }

        var keys = new HashSet<RegoValue>(_node.Children.Keys.Select(RegoValue.Of));
        if (_base is RegoObject lower)
        {
            keys.UnionWith(lower.Sorted.Select(m => m.Key));
        }

        var sorted = keys.ToList();
        sorted.Sort(RegoValue.Compare);
        return sorted;
    }
}
