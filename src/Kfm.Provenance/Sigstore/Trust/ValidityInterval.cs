namespace Kfm.Provenance.Sigstore.Trust;

/// <summary>The closed interval in which a log or authority is trusted (sigstore_common.proto, TimeRange): both ends belong to it.</summary>
/// <param name="Start">The first instant.</param>
/// <param name="End">The last instant; null when the interval has no end yet.</param>
internal sealed record ValidityInterval(DateTimeOffset Start, DateTimeOffset? End)
{
    public bool Contains(DateTimeOffset time) => Start <= time && !(time > End);
}
