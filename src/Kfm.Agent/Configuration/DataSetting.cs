namespace Kfm.Agent.Configuration;

/// <summary>A data file whose quality and labels are looked at.</summary>
/// <param name="Path">The path of the data from the root of the tree.</param>
/// <param name="Labels">The path of the file with its CARE, sovereignty, sensitivity and AI labels, or null when there is none.</param>
public sealed record DataSetting(string Path, string? Labels);
