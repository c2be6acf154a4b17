namespace Kfm.Gates.Stewardship;

/// <summary>A flag of a document or data set that a proposal changes, and whose business that is.</summary>
/// <param name="Duty">The duty of the stewards, of <see cref="StewardshipDuty"/>.</param>
/// <param name="Key">The key of front matter or the member of a sidecar.</param>
public sealed record FlagChange(string Duty, string Key);
