using Kfm.Ledger.Verification;

namespace Kfm.Pipeline.Commands;

/// <summary>What <c>kfm ledger fsck</c> was asked to do.</summary>
internal sealed record LedgerFsckOptions(string Path, string? Trust, string? Anchor, CheckLevel Level, bool Repair);
