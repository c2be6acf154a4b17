using Kfm.Ledger.Entries;
using Kfm.Provenance.Digests;

namespace Kfm.Ledger;

/// <summary>An entry that was appended, as an answer in JSON.</summary>
/// <param name="Index">The index of the entry.</param>
/// <param name="Kind">What it records.</param>
/// <param name="Subject">The SHA-256 by which others refer to it.</param>
/// <param name="IsNew">False when it was there already.</param>
public sealed record AppendedJson(long Index, LedgerEntryKind Kind, Digest Subject, bool IsNew);
