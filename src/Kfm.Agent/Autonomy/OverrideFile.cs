namespace Kfm.Agent.Autonomy;

/// <summary>An override as it was found: a DSSE envelope with a <see cref="Gates.Overrides.OverrideStatement"/>.</summary>
/// <param name="Name">The name of its file, for messages.</param>
/// <param name="Envelope">The JSON of the envelope.</param>
public sealed record OverrideFile(string Name, ReadOnlyMemory<byte> Envelope);
