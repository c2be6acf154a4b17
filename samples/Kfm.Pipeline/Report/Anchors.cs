using System.Globalization;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Report;

/// <summary>The ids of places of the page. They are made of stages and numbers, never of a text of the record.</summary>
internal sealed class Anchors(FactQuery facts)
{
    /// <summary>How many artifacts the page lists; the others have no place of their own.</summary>
    public const int MaximumArtifacts = 300;

    /// <summary>The place of all artifacts.</summary>
    public const string Artifacts = "artifacts";

    private readonly Dictionary<Tested, int> _checks = Number(facts.Checks);
    private readonly Dictionary<Artifact, int> _artifacts = Number(facts.Artifacts);
    private readonly Dictionary<Actor, int> _actors = Number(facts.All<Actor>().OrderBy(a => a.Kind).ThenBy(a => a.Id, StringComparer.Ordinal));

    public static string Of(RunKey run) => string.Create(CultureInfo.InvariantCulture, $"run-{run.Stage.ToString().ToLowerInvariant()}-{run.Attempt}");

    public static string File(int index) => string.Create(CultureInfo.InvariantCulture, $"file-{index + 1}");

    public static string Reason(int index) => string.Create(CultureInfo.InvariantCulture, $"reason-{index + 1}");

    public string Of(Tested check) => string.Create(CultureInfo.InvariantCulture, $"check-{_checks[check]}");

    public string Of(Artifact artifact) => _artifacts.TryGetValue(artifact, out var number) && number <= MaximumArtifacts
        ? string.Create(CultureInfo.InvariantCulture, $"artifact-{number}")
        : Artifacts;

    public string Of(Actor actor) => string.Create(CultureInfo.InvariantCulture, $"actor-{_actors[actor]}");

    private static Dictionary<T, int> Number<T>(IEnumerable<T> all)
        where T : notnull => all.Select((item, i) => KeyValuePair.Create(item, i + 1)).ToDictionary();
}
