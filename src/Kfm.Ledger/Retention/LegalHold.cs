namespace Kfm.Ledger.Retention;

/// <summary>A legal hold that stands.</summary>
/// <param name="Index">The index of its entry, by which it is released.</param>
/// <param name="Scope">What it keeps.</param>
/// <param name="Authority">By whose authority.</param>
/// <param name="Reason">Why.</param>
/// <param name="Since">When it was laid.</param>
public sealed record LegalHold(long Index, HoldScope Scope, string Authority, string Reason, DateTimeOffset Since);
