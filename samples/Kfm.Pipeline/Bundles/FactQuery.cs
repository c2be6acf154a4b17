using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Bundles;

/// <summary>Answers questions about the facts of a run.</summary>
internal sealed class FactQuery(IReadOnlyCollection<Fact> facts)
{
    /// <summary>All facts of one kind, in the order of the collection.</summary>
    public IEnumerable<T> All<T>()
        where T : Fact => facts.OfType<T>();

    /// <summary>The runs in the order of the stages.</summary>
    public IReadOnlyList<Run> Runs => [.. All<Run>().OrderBy(r => r.Key.Stage).ThenBy(r => r.Key.Attempt)];

    /// <summary>The checks by stage and name.</summary>
    public IReadOnlyList<Tested> Checks =>
        [.. All<Tested>().OrderBy(t => t.Run.Stage).ThenBy(t => t.Name, StringComparer.Ordinal)];

    /// <summary>The measures by stage and name.</summary>
    public IReadOnlyList<Measured> Measures =>
        [.. All<Measured>().OrderBy(m => m.Run.Stage).ThenBy(m => m.Metric, StringComparer.Ordinal)];

    /// <summary>The artifacts by name.</summary>
    public IReadOnlyList<Artifact> Artifacts => [.. All<Artifact>().OrderBy(a => a.Name, StringComparer.Ordinal)];

    /// <summary>The check of a name, or null.</summary>
    public Tested? Check(string name) => All<Tested>().FirstOrDefault(t => t.Name == name);

    /// <summary>The number of a name, or null where nothing measured it.</summary>
    public double? Measure(string name) => All<Measured>().FirstOrDefault(m => m.Metric == name)?.Value;

    /// <summary>The values of a label, ordinal order.</summary>
    public IReadOnlyList<string> Labels(string name) =>
        [.. All<Labelled>().Where(l => l.Name == name).Select(l => l.Value).Order(StringComparer.Ordinal)];

    /// <summary>The first value of a label, or null.</summary>
    public string? Label(string name) => Labels(name) is [var first, ..] ? first : null;

    /// <summary>The artifact of a name, or null.</summary>
    public Artifact? Artifact(string name) => All<Artifact>().FirstOrDefault(a => a.Name == name);

    /// <summary>The run of a stage, or null.</summary>
    public Run? Run(Stage stage) => All<Run>().FirstOrDefault(r => r.Key.Stage == stage);
}
