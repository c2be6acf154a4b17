namespace Kfm.Agent.Configuration;

/// <summary>A data file and the JSON Schema that each of its records keeps.</summary>
/// <param name="Data">The path of the data from the root of the tree.</param>
/// <param name="Schema">The path of the schema from the root of the tree.</param>
public sealed record ContractSetting(string Data, string Schema);
