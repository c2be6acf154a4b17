namespace Kfm.Ledger.Erasure;

/// <summary>A request to forget a person.</summary>
/// <param name="SubjectId">The id of the person, such as <c>person:ada</c>. It is not written anywhere.</param>
/// <param name="Authority">By whose authority, such as <c>privacy-office</c>; stands in the log, so no personal data.</param>
/// <param name="Reason">Why, such as <c>consent revoked</c>; stands in the log, so no personal data.</param>
public sealed record ErasureRequest(string SubjectId, string Authority, string Reason);
