namespace Kfm.Agent.Codegen.Chain;

/// <summary>A model of a chain.</summary>
/// <param name="Name">The name by which records tell of it.</param>
/// <param name="Model">The model.</param>
/// <param name="Timeout">How long it may take, retries included.</param>
public sealed record ChainLink(string Name, ICodegenModel Model, TimeSpan Timeout);
