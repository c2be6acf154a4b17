namespace Kfm.Provenance.Sigstore;

/// <summary>A verified entry of a transparency log.</summary>
/// <param name="Log">The URL of the log.</param>
/// <param name="LogId">Its id: 64 lower-case hexadecimal digits.</param>
/// <param name="Kind">The kind of the entry, such as <c>hashedrekord</c> or <c>dsse</c>.</param>
/// <param name="Version">The version of the kind.</param>
/// <param name="LogIndex">The index of the entry in the log.</param>
/// <param name="IntegratedTime">When the log took the entry, if it signed that; else null.</param>
/// <param name="HasInclusionProof">Whether the entry is proved to be in the log; else the log only promised it.</param>
public sealed record VerifiedLogEntry(
    string Log,
    string LogId,
    string Kind,
    string Version,
    long LogIndex,
    DateTimeOffset? IntegratedTime,
    bool HasInclusionProof);
