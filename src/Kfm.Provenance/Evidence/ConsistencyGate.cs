using Kfm.Provenance.Evidence.Rules;

namespace Kfm.Provenance.Evidence;

/// <summary>Compares every document with the record that it was made from; any difference is a finding, and a finding denies.</summary>
/// <remarks>
/// The documents are compared with the record and so with each other: C1 runs and their ids, C2 outputs, C3 inputs, C4 times, C5 repository, commit
/// and pull request, C6 decision, C10 root, C12 everything else. What cannot be read is a finding of the rule <c>parse</c>, what is not
/// there one of the rule <c>missing</c>.
/// </remarks>
public static class ConsistencyGate
{
    private static readonly ConsistencyRule[] Rules =
    [
        new RunsRule(), new OutputsRule(), new InputsRule(), new TimesRule(), new SubjectRule(), new DecisionRule(), new RootRule(), new RestRule(),
    ];

    /// <summary>Checks the documents of a bundle.</summary>
    /// <param name="graph">The record.</param>
    /// <param name="projected">The documents of <see cref="Projections.All"/> by <see cref="Projection.Name"/>; of a signed statement the payload.</param>
    /// <param name="others">What other packages read back from their documents.</param>
    /// <returns>The findings, in the order of the documents and rules; empty when all say the same.</returns>
    /// <exception cref="ArgumentException">A name is not that of a projection.</exception>
    public static IReadOnlyList<ConsistencyFinding> Check(
        EvidenceGraph graph,
        IReadOnlyDictionary<string, byte[]> projected,
        IEnumerable<DocumentFacts>? others = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(projected);
        if (projected.Keys.FirstOrDefault(name => Projections.All.All(p => !string.Equals(p.Name, name, StringComparison.Ordinal))) is { } unknown)
        {
            throw new ArgumentException($"{unknown} is not a projection; hand its facts in as {nameof(DocumentFacts)}.", nameof(projected));
        }

        List<ConsistencyFinding> findings = [];
        foreach (var projection in Projections.All)
        {
            findings.AddRange(Check(graph, projection, projected.GetValueOrDefault(projection.Name)));
        }

        foreach (var document in others ?? [])
        {
            findings.AddRange(Check(graph, document));
        }

        return findings;
    }

    /// <summary>Checks one document of a projection.</summary>
    /// <param name="graph">The record.</param>
    /// <param name="projection">The format.</param>
    /// <param name="document">The bytes, or null when the document is not there.</param>
    public static IReadOnlyList<ConsistencyFinding> Check(EvidenceGraph graph, Projection projection, byte[]? document)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(projection);
        if (document is null)
        {
            return projection.Applies(graph) ? [new("missing", projection.Name, "", "the document is not there")] : [];
        }

        if (!projection.Applies(graph))
        {
            return [new("C12", projection.Name, "", "the record has nothing that the document could speak about")];
        }

        try
        {
            return Compare(projection, projection.Select(graph), document);
        }
        catch (KfmException e)
        {
            return [new("parse", projection.Name, (e as IPointed)?.Pointer ?? "", e.Message)];
        }
    }

    /// <summary>Checks what another package read back from its document.</summary>
    /// <param name="graph">The record.</param>
    /// <param name="document">The facts.</param>
    public static IReadOnlyList<ConsistencyFinding> Check(EvidenceGraph graph, DocumentFacts document)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(document);
        if (document.Layer < 1 || document.Layer > graph.Layers.Count)
        {
            return [new("C10", document.Name, document.RootPointer, $"the record has no layer {document.Layer}")];
        }

        var claims = new Claims();
        claims.Facts.AddRange(document.Facts);
        if (document.Root is { } root)
        {
            claims.Roots.Add((root, document.RootPointer));
        }

        if (document.TraceId is { } id)
        {
            claims.TraceIds.Add((id, ""));
        }

        var input = new ConsistencyInput(graph.At(document.Layer).Facts, claims)
        {
            Complete = document.Complete.Contains,
            Decided = graph.Decision,
            DecisionClaim = document.Decision,
            HeadClaim = document.HeadCommit is { } head ? (head, "") : null,
        };
        return Apply(document.Name, input);
    }

    private static List<ConsistencyFinding> Compare(Projection projection, FactSet expected, byte[] document)
    {
        var claims = projection.Read(document);
        var findings = Apply(projection.Name, new ConsistencyInput(expected, claims));
        findings.AddRange(claims.Problems.Select(p => new ConsistencyFinding(p.Rule, projection.Name, p.Pointer, p.Message)));

        // The facts agree; what is left is what carries no fact: a constant, an order, a member that nobody asked for.
        if (findings.Count == 0 && projection.Difference(expected, document) is var (pointer, message))
        {
            findings.Add(new ConsistencyFinding("C12", projection.Name, pointer, message));
        }

        return findings;
    }

    private static List<ConsistencyFinding> Apply(string name, ConsistencyInput input) =>
    [
        .. Rules.SelectMany(rule => rule.Check(input).Distinct().Select(f => new ConsistencyFinding(rule.Id, name, f.Pointer, f.Message))),
    ];
}
