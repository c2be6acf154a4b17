using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Kfm.Provenance.JsonSchema;

/// <summary>The state of one validation: where it is, what it has found, what it may still spend.</summary>
internal sealed class ValidationRun(SchemaOptions options, bool tracksEvaluated)
{
    private readonly List<ValidationError> _errors = [];
    private readonly List<string> _path = [];
    private readonly List<SchemaResource> _scope = [];
    private long _steps = options.MaxSteps;
    private int _depth = options.MaxDepth;
    private ValidationError? _stopped;

    public ValidationResult Validate(SchemaNode root, JsonElement instance)
    {
        if (InstanceGuard.Check(instance, options.MaxDepth) is { } broken)
        {
            return new ValidationResult(false, [broken]);
        }

        var valid = Apply(root, instance, null);
        return _stopped is null ? new ValidationResult(valid, valid ? [] : _errors) : new ValidationResult(false, [_stopped]);
    }

    /// <summary>Applies a schema to the instance at the current place.</summary>
    public bool Apply(SchemaNode node, JsonElement instance, Evaluated? into)
    {
        if (_stopped is not null || !Spend(node))
        {
            return false;
        }

        if (node.Constant is { } constant)
        {
            return constant || Fail(node.Location, "No value is allowed here.");
        }

        var entered = _scope.Count == 0 || _scope[^1] != node.Resource;
        if (entered)
        {
            _scope.Add(node.Resource);
        }

        _depth--;
        var (mark, score) = (_errors.Count, Score);
        var local = tracksEvaluated ? new Evaluated() : null;
        var valid = true;
        foreach (var check in node.Checks)
        {
            valid &= check(this, instance, local);
        }

        _depth++;
        if (options.ClosestAlternative)
        {
            Rate(node, instance, mark, score);
        }

        if (entered)
        {
            _scope.RemoveAt(_scope.Count - 1);
        }

        if (valid && local is not null)
        {
            into?.Merge(local);
        }

        return valid;
    }

    /// <summary>Whether only the closest of the alternatives tells its errors.</summary>
    public bool ClosestAlternative => options.ClosestAlternative;

    /// <summary>How well what was applied so far fits: a point for each part that was looked at and each required member, two less for each error.</summary>
    public int Score { get; set; }

    /// <summary>Counts the parts of a schema by the kind of the instance; a wrong type is the only error at its place.</summary>
    private void Rate(SchemaNode node, JsonElement instance, int mark, int score)
    {
        var wrongType = _errors.Count == mark ? -1 : WrongType(node.Location, mark);
        if (wrongType >= 0)
        {
            var only = _errors[wrongType];
            Forget(mark);
            _errors.Add(only);
            Score = score - 2;
            return;
        }

        Score += instance.ValueKind is JsonValueKind.Null or JsonValueKind.True or JsonValueKind.False ? 3 : 4;
    }

    private int WrongType(string location, int mark) => _errors.FindIndex(mark, e => e.SchemaPointer.Length == location.Length + "/type".Length
        && e.SchemaPointer.StartsWith(location, StringComparison.Ordinal) && e.SchemaPointer.EndsWith("/type", StringComparison.Ordinal));

    /// <summary>Puts an error before those since a mark.</summary>
    public bool FailBefore(int mark, string schemaPointer, string message)
    {
        Fail(schemaPointer, message);
        if (_errors.Count > mark + 1 && _errors.Count <= options.MaxErrors)
        {
            var error = _errors[^1];
            _errors.RemoveAt(_errors.Count - 1);
            _errors.Insert(mark, error);
        }

        return false;
    }

    /// <summary>Keeps, of the errors since a mark, those in a range.</summary>
    public void Keep(int mark, int start, int end)
    {
        _errors.RemoveRange(end, _errors.Count - end);
        _errors.RemoveRange(mark, start - mark);
    }

    private bool Spend(SchemaNode node)
    {
        if (_depth > 0 && --_steps >= 0)
        {
            return true;
        }

        var limit = _depth > 0 ? "The validation takes more steps than the limit." : "The schema is applied more deeply than the limit.";
        _stopped = new ValidationError(Pointer(), node.Location, limit);
        return false;
    }

    /// <summary>Applies a schema to a member or an item of the instance.</summary>
    public bool ApplyChild(SchemaNode node, JsonElement child, string token)
    {
        _path.Add(token);
        var valid = Apply(node, child, null);
        _path.RemoveAt(_path.Count - 1);
        return valid;
    }

    public bool ApplyChild(SchemaNode node, JsonElement child, int index) =>
        ApplyChild(node, child, index.ToString(CultureInfo.InvariantCulture));

    /// <summary>Applies a schema of which only the verdict counts.</summary>
    public bool Probe(SchemaNode node, JsonElement instance, Evaluated? into)
    {
        var (mark, score) = (_errors.Count, Score);
        var valid = Apply(node, instance, into);
        Forget(mark);
        Score = score;
        return valid;
    }

    /// <summary>The number of errors so far, for <see cref="Forget"/>.</summary>
    public int Mark => _errors.Count;

    /// <summary>Takes back the errors since a mark, because another branch matched.</summary>
    public void Forget(int mark)
    {
        if (_errors.Count > mark)
        {
            _errors.RemoveRange(mark, _errors.Count - mark);
        }
    }

    public bool Fail(string schemaPointer, string message)
    {
        Score -= 2;
        if (_errors.Count < options.MaxErrors)
        {
            _errors.Add(new ValidationError(Pointer(), schemaPointer, message));
        }

        return false;
    }

    /// <summary>The outermost resource of the dynamic scope that has the dynamic anchor (2020-12 Core, section 8.2.3.2).</summary>
    public SchemaNode? Dynamic(string anchor)
    {
        foreach (var resource in _scope)
        {
            if (resource.DynamicNodes.TryGetValue(anchor, out var node))
            {
                return node;
            }
        }

        return null;
    }

    private string Pointer()
    {
        var text = new StringBuilder();
        foreach (var token in _path)
        {
            text.Append('/').Append(token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
        }

        return text.ToString();
    }
}
