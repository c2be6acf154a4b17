namespace Kfm.Ledger.Erasure;

/// <summary>What opening a sealed field gave.</summary>
/// <param name="State">Whether it can be read.</param>
/// <param name="Text">The fact; null unless it is readable.</param>
public sealed record OpenedField(FieldState State, string? Text);
