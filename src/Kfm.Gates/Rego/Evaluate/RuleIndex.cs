namespace Kfm.Gates.Rego.Evaluate;

/// <summary>The bodies of a document by the value of the place that most of them test, so that the others are not tried one by one.</summary>
internal sealed class RuleIndex
{
    private const int MinBodies = 4;

    private readonly BodyGuard _place;
    private readonly Dictionary<RegoValue, BodyPlan[]> _byValue = [];
    private readonly BodyPlan[] _others;

    private RuleIndex(BodyGuard place, List<BodyPlan> bodies)
    {
        _place = place;
        var guards = bodies.ConvertAll(b => Guard(b, place));
        _others = [.. bodies.Where((_, i) => guards[i] is null)];
        foreach (var value in guards.OfType<BodyGuard>().SelectMany(g => g.Values).Distinct())
        {
            _byValue[value] = [.. bodies.Where((_, i) => guards[i] is null || guards[i]!.Values.Contains(value))];
        }
    }

    /// <summary>An index over the place that most bodies test; null when it would not pay.</summary>
    internal static RuleIndex? Of(List<BodyPlan> bodies)
    {
        if (bodies.Count < MinBodies)
        {
            return null;
        }

        var best = bodies.SelectMany(b => b.Guards).MaxBy(g => bodies.Count(b => Guard(b, g) is not null));
        return best is null || bodies.Count(b => Guard(b, best) is not null) < MinBodies ? null : new RuleIndex(best, bodies);
    }

    internal BodyPlan[] Find(Evaluation evaluation, ReadOnlySpan<RegoValue> arguments)
    {
        var value = _place.Input is { } path ? Paths.Get(evaluation.Input, path) : arguments[_place.Argument];
        return value is not null && _byValue.TryGetValue(value, out var bodies) ? bodies : _others;
    }

    /// <summary>An else chain goes on where its first body fails, so that its guards say nothing.</summary>
    private static BodyGuard? Guard(BodyPlan body, BodyGuard place) =>
        body.Else is null ? body.Guards.FirstOrDefault(g => g.SamePlace(place)) : null;
}
