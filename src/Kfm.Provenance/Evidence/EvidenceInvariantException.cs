namespace Kfm.Provenance.Evidence;

/// <summary>Facts do not make a record: one refers to what is not there, contradicts another or is not complete.</summary>
public sealed class EvidenceInvariantException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="findings">What is wrong; at least one.</param>
    public EvidenceInvariantException(IReadOnlyList<ConsistencyFinding> findings)
        : base("The facts do not make a record: " + string.Join("; ", findings.Select(f => $"{f.Rule}: {f.Message}"))) => Findings = findings;

    /// <summary>What is wrong, in the order of the facts.</summary>
    public IReadOnlyList<ConsistencyFinding> Findings { get; }
}
