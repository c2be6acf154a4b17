namespace Kfm.Provenance.Merkle;

/// <summary>A group of witnesses and groups, and how many of them must have witnessed a checkpoint.</summary>
internal sealed record PolicyGroup(int Threshold, IReadOnlyList<string> Members);
