namespace Kfm.Provenance.Sigstore;

/// <summary>A verified proof that the signing certificate was logged (RFC 6962, 3.2).</summary>
/// <param name="Log">The URL of the certificate log.</param>
/// <param name="LogId">Its id: 64 lower-case hexadecimal digits.</param>
/// <param name="Time">When the log took the certificate.</param>
public sealed record VerifiedCertificateTimestamp(string Log, string LogId, DateTimeOffset Time);
