using Kfm.Gates.Overrides;

namespace Kfm.Agent.Autonomy;

/// <summary>An override that counts.</summary>
/// <param name="Name">The name of its file.</param>
/// <param name="Statement">What was signed.</param>
public sealed record GrantedOverride(string Name, OverrideStatement Statement);
