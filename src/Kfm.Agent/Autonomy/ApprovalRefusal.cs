namespace Kfm.Agent.Autonomy;

/// <summary>An approval that does not count.</summary>
/// <param name="Name">The name of its file.</param>
/// <param name="Reason">Why it does not count, in one line.</param>
public sealed record ApprovalRefusal(string Name, string Reason);
