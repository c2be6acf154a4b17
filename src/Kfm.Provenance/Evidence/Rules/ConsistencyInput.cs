using System.Text;

namespace Kfm.Provenance.Evidence.Rules;

/// <summary>What the record says that a document must say, and what it says.</summary>
internal sealed class ConsistencyInput
{
    private readonly HashSet<Fact> _claimed = [];

    public ConsistencyInput(FactSet expected, Claims claims)
    {
        Expected = expected;
        Claims = claims;
        _claimed.UnionWith(claims.Facts.Select(c => c.Fact));
    }

    /// <summary>The facts that the document may claim, and the root that it must carry.</summary>
    public FactSet Expected { get; }

    public Claims Claims { get; }

    /// <summary>Whether the document must claim every fact of a kind.</summary>
    public Func<Type, bool> Complete { get; init; } = static _ => true;

    /// <summary>The decision of the record; of layer 1 none.</summary>
    public Decided? Decided { get; init; }

    public DecisionClaim? DecisionClaim { get; init; }

    public (string Commit, string Pointer)? HeadClaim { get; init; }

    public static string Show(Fact fact)
    {
        var text = Encoding.UTF8.GetString(FactJson.Canonical(FactJson.Write(fact)));
        return text.Length > 300 ? text[..300] + "…" : text;
    }

    public IEnumerable<(T Fact, string Pointer)> Claimed<T>()
        where T : Fact => Claims.Facts.Where(c => c.Fact is T).Select(c => ((T)c.Fact, c.Pointer));

    /// <summary>The claims of a kind that are not in the record, and the facts of the kind that the document must claim and does not.</summary>
    public IEnumerable<(string Pointer, string Message)> Differences<T>()
        where T : Fact
    {
        foreach (var (fact, pointer) in Claimed<T>().Where(c => !Expected.Contains(c.Fact)))
        {
            yield return (pointer, "the record does not hold " + Show(fact));
        }

        foreach (var fact in Missing<T>())
        {
            yield return ("", "the document does not say " + Show(fact));
        }
    }

    public IEnumerable<T> Missing<T>()
        where T : Fact => Complete(typeof(T)) ? Expected.Of<T>().Where(f => !_claimed.Contains(f)) : [];
}
