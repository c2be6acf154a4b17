namespace Kfm.Ledger.Storage;

/// <summary>What a log is created with and keeps for ever.</summary>
/// <param name="Origin">The identity of the log, such as <c>example.com/team/log</c>.</param>
/// <param name="Verifier">The verifier key that the log was created with, <c>name+hash+base64</c>; for showing, never a reason to trust it.</param>
/// <param name="Content">What the leaves are.</param>
/// <param name="IsIdempotent">Whether the log finds entries again by their key. Without it every append makes a new entry.</param>
public sealed record LogIdentity(string Origin, string Verifier, LogContent Content, bool IsIdempotent);
