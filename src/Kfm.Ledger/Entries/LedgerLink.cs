using Kfm.Provenance.Digests;

namespace Kfm.Ledger.Entries;

/// <summary>A reference from an entry to something else that has a digest.</summary>
/// <param name="Role">What the thing is to the entry, such as <c>decision</c>; not empty.</param>
/// <param name="Digest">The SHA-256 of the thing.</param>
public sealed record LedgerLink(string Role, Digest Digest);
