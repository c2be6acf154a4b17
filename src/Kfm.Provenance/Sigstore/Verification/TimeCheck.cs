using Kfm.Provenance.Sigstore.Bundles;
using Kfm.Provenance.Sigstore.Timestamps;
using Kfm.Provenance.Sigstore.Trust;

namespace Kfm.Provenance.Sigstore.Verification;

/// <summary>The times that trusted witnesses signed, and what must have been valid at them.</summary>
internal sealed class TimeCheck(TrustedRoot root, SigstoreBundle bundle, VerificationPolicy policy, List<string> warnings)
{
    /// <summary>The times that verified.</summary>
    public List<VerifiedTime> Verified { get; } = [];

    public SigstoreError? Check(LogCheck logs) => ReadTimestamps() ?? ReadLogs(logs) ?? CheckThresholds() ?? CheckLogs(logs) ?? CheckNow();

    /// <summary>Whether a managed key was accepted at all times; without a witness at the time of verification.</summary>
    public SigstoreError? CheckKey(ManagedKey key)
    {
        foreach (var time in Verified)
        {
            if (time.Time < key.NotBefore || time.Time > key.NotAfter)
            {
                return new(StageOf(time), SigstoreErrorCode.OutsideCertificateValidity, $"The key is not accepted at {time.Time:O}.");
            }
        }

        if (Verified.Count > 0 || (key.NotBefore is null && key.NotAfter is null))
        {
            return null;
        }

        return policy.Now is { } now && !(now < key.NotBefore) && !(now > key.NotAfter)
            ? null
            : new(SigstoreStage.Timestamp, SigstoreErrorCode.ThresholdNotMet, "The key is accepted only for a while, and no witness tells when the signature was made.");
    }

    internal static SigstoreStage StageOf(VerifiedTime time) =>
        time.Source == TimeSource.TransparencyLog ? SigstoreStage.SignedEntryTimestamp : SigstoreStage.Timestamp;

    private SigstoreError? ReadTimestamps()
    {
        var verifier = new TimestampVerifier(root.TimestampAuthorities);
        for (var i = 0; i < bundle.Timestamps.Length; i++)
        {
            if (IsTwice(i))
            {
                return new(SigstoreStage.Timestamp, SigstoreErrorCode.Duplicate, "The same timestamp stands twice.", Path(i));
            }

            var error = verifier.Verify(bundle.Timestamps[i], bundle.Signature, out var time);
            if (time is not null)
            {
                Verified.Add(time);
            }
            else if (error!.Code == SigstoreErrorCode.UnknownAuthority && policy.IgnoreUnknownTimestampAuthorities)
            {
                warnings.Add($"The timestamp {i} is of an authority that the trusted root does not know; it is passed over.");
            }
            else
            {
                return error with { Path = Path(i) };
            }
        }

        return null;
    }

    private static string Path(int index) => $"{VerificationMaterial.Path}/timestampVerificationData/rfc3161Timestamps/{index}";

    private SigstoreError? ReadLogs(LogCheck logs)
    {
        foreach (var entry in logs.Verified)
        {
            if (entry.IntegratedTime is { } time)
            {
                Verified.Add(new(TimeSource.TransparencyLog, entry.Log, time));
            }
        }

        return null;
    }

    private SigstoreError? CheckThresholds()
    {
        var needed = policy is IdentityPolicy ? Math.Max(1, policy.TimeThreshold) : policy.TimeThreshold;
        var authorities = Witness.Count(Verified.FindAll(static t => t.Source == TimeSource.TimestampAuthority), static t => t.Authority);
        var all = authorities + Witness.Count(Verified.FindAll(static t => t.Source == TimeSource.TransparencyLog), static t => t.Authority);
        return all >= needed && authorities >= policy.TimestampAuthorityThreshold ? null : new(
            SigstoreStage.Timestamp,
            SigstoreErrorCode.ThresholdNotMet,
            $"{all} witnesses of time verified, {authorities} of them timestamp authorities; the policy demands {needed} and {policy.TimestampAuthorityThreshold}.");
    }

    // An entry without a time of its own must have been made while its log was trusted: the other witnesses tell when.
    private SigstoreError? CheckLogs(LogCheck logs)
    {
        for (var i = 0; i < logs.Logs.Count; i++)
        {
            if (logs.Verified[i].IntegratedTime is not null)
            {
                continue;
            }

            var window = logs.Logs[i].Window;
            var outside = Verified.Count > 0 ? Verified.Find(t => !window.Contains(t.Time))?.Time : policy.Now is { } now && !window.Contains(now) ? now : null;
            if (outside is { } time)
            {
                return new(SigstoreStage.LogEntry, SigstoreErrorCode.OutsideTrustWindow, $"The log {logs.Logs[i].BaseUrl} is not trusted at {time:O}.");
            }
        }

        return null;
    }

    private SigstoreError? CheckNow() => policy.Now is { } now && Verified.Find(t => t.Time > now) is { } late
        ? new(StageOf(late), SigstoreErrorCode.InTheFuture, $"The signature was witnessed at {late.Time:O}, later than the time of verification.")
        : null;

    private bool IsTwice(int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (bundle.Timestamps[i].AsSpan().SequenceEqual(bundle.Timestamps[index]))
            {
                return true;
            }
        }

        return false;
    }
}
