using Kfm.Provenance.Sigstore.Bundles;
using Kfm.Provenance.Sigstore.Logs;
using Kfm.Provenance.Sigstore.Trust;

namespace Kfm.Provenance.Sigstore.Verification;

/// <summary>The entries of transparency logs: each speaks of this bundle, and a trusted log vouches for it.</summary>
internal sealed class LogCheck(TrustedRoot root, SigstoreBundle bundle, SignatureContent content, VerificationPolicy policy, List<string> warnings)
{
    /// <summary>The entries that verified.</summary>
    public List<VerifiedLogEntry> Verified { get; } = [];

    /// <summary>The logs of <see cref="Verified"/>, in the same order.</summary>
    public List<TrustedLog> Logs { get; } = [];

    public SigstoreError? Check(BundleSigner signer)
    {
        for (var i = 0; i < bundle.LogEntries.Length; i++)
        {
            var entry = bundle.LogEntries[i];
            var path = $"{VerificationMaterial.Path}/tlogEntries/{i}";
            if ((IsTwice(i) ? Error(SigstoreErrorCode.Duplicate, "The same entry stands twice.", path) : null) is { } twice)
            {
                return twice;
            }

            if (Find(entry.LogId) is not { } log)
            {
                warnings.Add($"The entry {i} is of a log that the trusted root does not know; it is passed over.");
            }
            else if ((CheckBody(entry, signer, path) ?? LogEvidence.Check(entry, bundle.Version, log, path) ?? Accept(entry, log, path)) is { } error)
            {
                return error;
            }
        }

        var distinct = Verified.DistinctBy(e => e.LogId, StringComparer.Ordinal).Count();
        return distinct >= policy.LogEntryThreshold ? null : Error(
            bundle.LogEntries.Length > 0 && Verified.Count == 0 ? SigstoreErrorCode.UnknownAuthority : SigstoreErrorCode.ThresholdNotMet,
            $"Entries of {distinct} trusted logs verified; the policy demands {policy.LogEntryThreshold}.",
            VerificationMaterial.Path + "/tlogEntries");
    }

    private SigstoreError? CheckBody(LogEntry entry, BundleSigner signer, string path)
    {
        if (BodyForm.Of(entry.Kind, entry.Version) is not { } form)
        {
            return Error(SigstoreErrorCode.UnsupportedVersion, $"Entries of the kind {entry.Kind} {entry.Version} are not supported.", path);
        }

        path += "/canonicalizedBody";
        EntryBody body;
        try
        {
            body = EntryBody.Read(entry.Body, form);
        }
        catch (SigstoreFormatException e)
        {
            return e.Error;
        }

        return !string.Equals(body.Kind, entry.Kind, StringComparison.Ordinal) || !string.Equals(body.ApiVersion, entry.Version, StringComparison.Ordinal)
            ? Error(SigstoreErrorCode.KindMismatch, $"The body is a {body.Kind} {body.ApiVersion}, the entry says {entry.Kind} {entry.Version}.", path)
            : (body.Data is { } data && !content.HasDigest(data)) || (body.Payload is { } payload && !content.HasPayloadDigest(payload))
            ? Error(SigstoreErrorCode.DigestMismatch, "The hash in the entry is not that of what the bundle signs.", path)
            : !content.Signature.SequenceEqual(body.Signature)
            ? Error(SigstoreErrorCode.SignatureMismatch, "The signature in the entry is not that of the bundle.", path)
            : !signer.Verifier.SequenceEqual(body.Verifier)
            ? Error(SigstoreErrorCode.KeyMismatch, "The certificate or key in the entry is not that of the signer.", path)
            : null;
    }

    private SigstoreError? Accept(LogEntry entry, TrustedLog log, string path)
    {
        // Without the promise the time is what anyone wrote.
        DateTimeOffset? time = entry.Promise is null ? null : DateTimeOffset.FromUnixTimeSeconds(entry.IntegratedTime);
        if (time is { } signed && !log.Window.Contains(signed))
        {
            return new(SigstoreStage.SignedEntryTimestamp, SigstoreErrorCode.OutsideTrustWindow, $"The log {log.BaseUrl} is not trusted at {signed:O}.", path);
        }

        Logs.Add(log);
        Verified.Add(new(log.BaseUrl, Convert.ToHexStringLower(log.Id), entry.Kind, entry.Version, entry.LogIndex, time, entry.Proof?.Checkpoint is not null));
        return null;
    }

    private bool IsTwice(int index)
    {
        var entry = bundle.LogEntries[index];
        for (var i = 0; i < index; i++)
        {
            if (bundle.LogEntries[i].LogIndex == entry.LogIndex && bundle.LogEntries[i].LogId.AsSpan().SequenceEqual(entry.LogId))
            {
                return true;
            }
        }

        return false;
    }

    private TrustedLog? Find(byte[] id)
    {
        foreach (var log in root.Logs)
        {
            if (log.Id.AsSpan().SequenceEqual(id))
            {
                return log;
            }
        }

        return null;
    }

    private static SigstoreError Error(SigstoreErrorCode code, string message, string path) => new(SigstoreStage.LogEntry, code, message, path);
}
