namespace Kfm.Provenance.Sigstore;

/// <summary>A time at which the signature existed, as a trusted log or authority signed it.</summary>
/// <param name="Source">The kind of witness.</param>
/// <param name="Authority">The URL of the log or authority.</param>
/// <param name="Time">The time.</param>
public sealed record VerifiedTime(TimeSource Source, string Authority, DateTimeOffset Time);
