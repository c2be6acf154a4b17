using Kfm.Agent.Configuration;
using Kfm.Gates.Contracts;
using Kfm.Gates.Stewardship;

namespace Kfm.Pipeline.Stages;

/// <summary>Records the labels of one document or data set, their conflicts, and what of them a proposal changes.</summary>
internal sealed class LabelRecord(StageRecord record, StewardshipSettings settings)
{
    /// <summary>The labels of one side; where they cannot all be true, and where they name a jurisdiction that the repository does not.</summary>
    public void Labels(string path, DataLabels labels)
    {
        foreach (var (name, value) in labels.All)
        {
            record.Label(name, value);
        }

        foreach (var conflict in LabelConflicts.Of(labels))
        {
            record.Label("ethics.conflict", $"{path}: {conflict}");
        }

        foreach (var jurisdiction in labels.Jurisdiction.Where(j => settings.Jurisdictions.Count > 0 && !settings.Jurisdictions.Contains(j, StringComparer.Ordinal)))
        {
            Duty(StewardshipDuty.Sovereignty, $"{path}: jurisdiction {jurisdiction}");
        }
    }

    /// <summary>The flags that differ between base and head.</summary>
    public void Changes(string path, IReadOnlyDictionary<string, IReadOnlyList<string>> before, IReadOnlyDictionary<string, IReadOnlyList<string>> after)
    {
        foreach (var change in StewardshipDuty.Changes(before, after))
        {
            Duty(change.Duty, $"{path}: {change.Key}");
        }
    }

    /// <summary>A duty of the stewards with what gave rise to it.</summary>
    public void Duty(string duty, string why)
    {
        record.Label("stewardship", duty);
        record.Label("stewardship.why", $"{duty}: {why}");
    }
}
