namespace Kfm.Provenance.Evidence;

/// <summary>Sorts facts by kind (ordinal), then by the bytes of their canonical form: an order that does not depend on how they came.</summary>
internal static class FactOrder
{
    public static Fact[] Sort(IEnumerable<Fact> facts)
    {
        var keyed = facts.Distinct().Select(f => (Fact: f, Kind: FactJson.Kind(f), Bytes: FactJson.Canonical(FactJson.Write(f)))).ToArray();
        Array.Sort(keyed, static (a, b) => string.CompareOrdinal(a.Kind, b.Kind) is var kind and not 0
            ? kind
            : a.Bytes.AsSpan().SequenceCompareTo(b.Bytes));
        return [.. keyed.Select(k => k.Fact)];
    }
}
