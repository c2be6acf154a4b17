using Kfm.Provenance.Sigstore.Bundles;
using Kfm.Provenance.Sigstore.Logs;
using Kfm.Provenance.Sigstore.Trust;

namespace Kfm.Provenance.Sigstore.Verification;

/// <summary>The entries of transparency logs: each speaks of this bundle, and a trusted log vouches for it.</summary>
internal sealed class LogCheck(TrustedRoot root, SigstoreBundle bundle, SignatureContent content, VerificationPolicy policy, List<string> warnings)
{
    private const string Body = "/canonicalizedBody";

    /// <summary>The entries that verified.</summary>
    public List<VerifiedLogEntry> Verified { get; } = [];

    /// <summary>The logs of <see cref="Verified"/>, in the same order.</summary>
    public List<TrustedLog> Logs { get; } = [];

    public SigstoreError? Check(BundleSigner signer)
    {
        for (var i = 0; i < bundle.LogEntries.Length; i++)
        {
            var entry = bundle.LogEntries[i];
            if (IsTwice(i))
            {
                return Error(SigstoreErrorCode.Duplicate, "The same entry stands twice.", i);
            }

            if (Find(entry) is not { } log)
            {
                warnings.Add($"The entry {i} is of a log that the trusted root does not know; it is passed over.");
            }
            else if ((CheckBody(entry, signer, i) ?? LogEvidence.Check(entry, bundle.Version, log, i) ?? Accept(entry, log, i)) is { } error)
            {
                return error;
            }
        }

        var distinct = Witness.Count(Verified, static e => e.LogId);
        return distinct >= policy.LogEntryThreshold ? null : Error(
            bundle.LogEntries.Length > 0 && Verified.Count == 0 ? SigstoreErrorCode.UnknownAuthority : SigstoreErrorCode.ThresholdNotMet,
            $"Entries of {distinct} trusted logs verified; the policy demands {policy.LogEntryThreshold}.");
    }

    private SigstoreError? CheckBody(LogEntry entry, BundleSigner signer, int index)
    {
        if (BodyForm.Of(entry.Kind, entry.Version) is not { } form)
        {
            return Error(SigstoreErrorCode.UnsupportedVersion, $"Entries of the kind {entry.Kind} {entry.Version} are not supported.", index);
        }

        EntryBody body;
        try
        {
            body = EntryBody.Read(entry.Body, form, signer.Verifier);
        }
        catch (SigstoreFormatException e)
        {
            return e.Error;
        }

        return !string.Equals(body.Kind, entry.Kind, StringComparison.Ordinal) || !string.Equals(body.ApiVersion, entry.Version, StringComparison.Ordinal)
            ? Error(SigstoreErrorCode.KindMismatch, $"The body is a {body.Kind} {body.ApiVersion}, the entry says {entry.Kind} {entry.Version}.", index, Body)
            : (body.Data is { } data && !content.HasDigest(data)) || (body.Payload is { } payload && !content.HasPayloadDigest(payload))
            ? Error(SigstoreErrorCode.DigestMismatch, "The hash in the entry is not that of what the bundle signs.", index, Body)
            : !content.Signature.SequenceEqual(body.Signature)
            ? Error(SigstoreErrorCode.SignatureMismatch, "The signature in the entry is not that of the bundle.", index, Body)
            : !body.IsOfVerifier
            ? Error(SigstoreErrorCode.KeyMismatch, "The certificate or key in the entry is not that of the signer.", index, Body)
            : null;
    }

    private SigstoreError? Accept(LogEntry entry, TrustedLog log, int index)
    {
        // Without the promise the time is what anyone wrote.
        DateTimeOffset? time = entry.Promise is null ? null : DateTimeOffset.FromUnixTimeSeconds(entry.IntegratedTime);
        if (time is { } signed && !log.Window.Contains(signed))
        {
            return new(SigstoreStage.SignedEntryTimestamp, SigstoreErrorCode.OutsideTrustWindow, $"The log {log.BaseUrl} is not trusted at {signed:O}.", Path(index));
        }

        Logs.Add(log);
        Verified.Add(new(log.BaseUrl, log.IdText, entry.Kind, entry.Version, entry.LogIndex, time, entry.Proof?.Checkpoint is not null));
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

    // A log may stand in the root several times, with an interval each; what the entry says of its time only chooses among them.
    private TrustedLog? Find(LogEntry entry)
    {
        TrustedLog? found = null;
        foreach (var log in root.Logs)
        {
            if (log.Id.AsSpan().SequenceEqual(entry.LogId) && (found is null || log.Window.Contains(DateTimeOffset.FromUnixTimeSeconds(entry.IntegratedTime))))
            {
                found = log;
            }
        }

        return found;
    }

    private static string Path(int index) => $"{VerificationMaterial.Path}/tlogEntries/{index}";

    private static SigstoreError Error(SigstoreErrorCode code, string message) =>
        new(SigstoreStage.LogEntry, code, message, VerificationMaterial.Path + "/tlogEntries");

    private static SigstoreError Error(SigstoreErrorCode code, string message, int index, string member = "") =>
        new(SigstoreStage.LogEntry, code, message, Path(index) + member);
}
