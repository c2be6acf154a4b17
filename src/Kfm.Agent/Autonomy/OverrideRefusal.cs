namespace Kfm.Agent.Autonomy;

/// <summary>An override that does not count.</summary>
/// <param name="Name">The name of its file.</param>
/// <param name="Reason">Why it does not count, in one line.</param>
/// <param name="IsByTime">Whether it is sound in itself, and does not hold yet, not any more, or beside another one.</param>
public sealed record OverrideRefusal(string Name, string Reason, bool IsByTime);
