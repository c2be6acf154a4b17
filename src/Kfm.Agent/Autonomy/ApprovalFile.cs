namespace Kfm.Agent.Autonomy;

/// <summary>An approval as it was found: a DSSE envelope with an <see cref="ApprovalStatement"/>.</summary>
/// <param name="Name">The name of its file, for messages.</param>
/// <param name="Envelope">The JSON of the envelope.</param>
public sealed record ApprovalFile(string Name, ReadOnlyMemory<byte> Envelope);
