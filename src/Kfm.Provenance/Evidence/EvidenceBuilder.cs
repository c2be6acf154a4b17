namespace Kfm.Provenance.Evidence;

/// <summary>Collects the facts of a run until the layer is frozen.</summary>
public sealed class EvidenceBuilder
{
    /// <summary>The name of the check that says why facts made no record: <c>record.sound</c>.</summary>
    public const string SoundCheck = "record.sound";

    private const int MaxDetail = 1000;
    private readonly HashSet<Fact> _facts = [];

    /// <summary>The facts so far, in no order.</summary>
    public IReadOnlyCollection<Fact> Facts => _facts;

    /// <summary>Adds a fact; adding it again changes nothing.</summary>
    /// <param name="fact">The fact.</param>
    /// <exception cref="ArgumentException">
    /// The fact is malformed: an empty name, a text that is not Unicode, a time with a part below the millisecond (see
    /// <see cref="EvidenceTime.Truncate"/>), a number that is not finite, a commit that is not 40 hexadecimal digits, reasons that are not sorted.
    /// </exception>
    public EvidenceBuilder Add(Fact fact)
    {
        FactLimits.ThrowIfMalformed(fact);
        _facts.Add(fact);
        return this;
    }

    /// <summary>Adds facts.</summary>
    /// <param name="facts">The facts, in any order.</param>
    /// <exception cref="ArgumentException">A fact is malformed; those before it were added.</exception>
    public EvidenceBuilder Add(IEnumerable<Fact> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        foreach (var fact in facts)
        {
            Add(fact);
        }

        return this;
    }

    /// <summary>What keeps the facts from being layer 1 of a record.</summary>
    /// <param name="trace">What the record is about.</param>
    /// <returns>The findings; empty when <see cref="Freeze"/> will do.</returns>
    /// <exception cref="ArgumentException">The trace is malformed.</exception>
    public IReadOnlyList<ConsistencyFinding> Check(Trace trace)
    {
        FactLimits.ThrowIfMalformed(trace);
        return EvidenceInvariants.Check(NewContent.Settle([.. _facts.Append(trace).Distinct()]), layer: 1);
    }

    /// <summary>
    /// Makes layer 1: every run, artifact and actor that a fact names is there; every artifact that is not source, configuration, policy, schema
    /// or data has a run that generated it; derivation has no cycle; no run ends before it starts; a model has model, prompt and seed.
    /// </summary>
    /// <remarks>
    /// An artifact is its content, so a run may write bytes that are in the record already: a copied file, an empty one. That it wrote them stays in
    /// the record; a derivation of them is left out, because they are not new (an artifact cannot come before itself).
    /// </remarks>
    /// <param name="trace">What the record is about; becomes a fact of the layer.</param>
    /// <exception cref="ArgumentException">The trace is malformed.</exception>
    /// <exception cref="EvidenceInvariantException">The facts do not make a record.</exception>
    public EvidenceGraph Freeze(Trace trace)
    {
        FactLimits.ThrowIfMalformed(trace);
        var facts = NewContent.Settle([.. _facts.Append(trace).Distinct()]);
        EvidenceInvariants.ThrowIfBroken(facts, layer: 1);
        return new EvidenceGraph([new EvidenceLayer(1, facts, previous: null)]);
    }

    /// <summary>
    /// Makes layer 1 of facts that <see cref="Freeze"/> refuses, so that the run ends with a record that is denied: the runs alone, and at the last
    /// one the check <c>record.sound</c> with the status error and the findings. No other check is left, so nothing can pass on it.
    /// </summary>
    /// <param name="trace">What the record is about.</param>
    /// <exception cref="ArgumentException">The trace is malformed.</exception>
    /// <exception cref="InvalidOperationException">The facts do make a record; call <see cref="Freeze"/>.</exception>
    public EvidenceGraph FreezeUnsound(Trace trace)
    {
        var findings = Check(trace);
        if (findings.Count == 0)
        {
            throw new InvalidOperationException("The facts make a record; freeze them.");
        }

        var runs = FactOrder.Sort(_facts).OfType<Run>().Where(r => r.Ended >= r.Started).DistinctBy(r => r.Key).Select(r => r with { Parent = null }).ToList();
        var detail = string.Join("; ", findings.Select(f => $"{f.Rule}: {f.Message}"));
        return new EvidenceBuilder().Add(runs).Add(runs.Select(r => r.Key).OrderBy(k => k.Stage).ThenBy(k => k.Attempt).TakeLast(1)
            .Select(k => new Tested(k, SoundCheck, CheckStatus.Error, Cut(detail)))).Freeze(trace);
    }

    private static string Cut(string text) =>
        text.Length <= MaxDetail ? text : text[..(char.IsHighSurrogate(text[MaxDetail - 1]) ? MaxDetail - 1 : MaxDetail)];

    /// <summary>The bytes of evidence.json while the layer is open: the facts so far, no trace id and no root; RFC 8785 and a newline.</summary>
    public byte[] ToJson() => [.. FactJson.Canonical(EvidenceFile.OpenNode(_facts)), (byte)'\n'];

    /// <summary>Reads what <see cref="ToJson"/> wrote, so that the next stage can add its facts in another process.</summary>
    /// <param name="utf8">The bytes of the file.</param>
    /// <exception cref="EvidenceFormatException">The text is not an open layer, not canonical, or holds a fact that is not known or malformed.</exception>
    public static EvidenceBuilder Load(ReadOnlySpan<byte> utf8) => new EvidenceBuilder().Add(EvidenceFile.ReadOpen(utf8));
}
