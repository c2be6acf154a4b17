namespace Kfm.Ledger.Tests.Storage;

/// <summary>A fact of the contract, in the project of a store that needs nothing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StoreFactAttribute : FactAttribute;
