namespace Kfm.Provenance.Evidence;

/// <summary>Who stands behind whom.</summary>
internal static class Delegation
{
    /// <summary>The actors and all for whom they act, directly or through others.</summary>
    public static HashSet<string> Closure(FactSet facts, IEnumerable<string> actors)
    {
        var principals = facts.Of<ActedFor>().ToLookup(a => a.Actor, a => a.Principal, StringComparer.Ordinal);
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(actors);
        while (open.TryDequeue(out var actor))
        {
            if (found.Add(actor))
            {
                foreach (var principal in principals[actor])
                {
                    open.Enqueue(principal);
                }
            }
        }

        return found;
    }
}
