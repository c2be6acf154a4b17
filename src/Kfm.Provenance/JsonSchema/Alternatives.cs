using System.Text.Json;

namespace Kfm.Provenance.JsonSchema;

/// <summary>The branches of <c>anyOf</c> or <c>oneOf</c> over one instance: how many match, and which errors stay when the keyword fails.</summary>
internal ref struct Alternatives(ValidationRun run)
{
    private readonly int _mark = run.Mark;
    private readonly int _score = run.Score;
    private (int Start, int End, int Score)? _closest;

    /// <summary>How many branches match.</summary>
    public int Matches { get; private set; }

    public void Apply(SchemaNode branch, JsonElement instance, Evaluated? evaluated)
    {
        var start = run.Mark;
        run.Score = 0;
        if (run.Apply(branch, instance, evaluated))
        {
            Matches++;
        }
        else if (_closest is not { } best || run.Score > best.Score)
        {
            _closest = (start, run.Mark, run.Score);
        }
    }

    /// <summary>Takes back what the branches that do not match have told.</summary>
    public readonly bool Succeed()
    {
        run.Forget(_mark);
        run.Score = _score;
        return true;
    }

    /// <summary>Tells that the keyword fails; when a branch matches, the others have nothing to tell.</summary>
    public readonly bool Fail(string location, string message)
    {
        run.Score = _score;
        if (Matches > 0)
        {
            run.Forget(_mark);
            return run.Fail(location, message);
        }

        if (!run.ClosestAlternative || _closest is not { } best)
        {
            return run.Fail(location, message);
        }

        run.Keep(_mark, best.Start, best.End);
        run.Score += best.Score;
        return run.FailBefore(_mark, location, message);
    }
}
