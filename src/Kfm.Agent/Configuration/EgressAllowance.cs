namespace Kfm.Agent.Configuration;

/// <summary>A line of the allow-list: prompts of one class may go to one provider in some regions.</summary>
/// <param name="Class">The class.</param>
/// <param name="Provider">The provider.</param>
/// <param name="Regions">The regions; at least one.</param>
/// <param name="Training">Whether the provider may train models with what it gets.</param>
public sealed record EgressAllowance(DataClass Class, string Provider, IReadOnlyList<string> Regions, bool Training);
