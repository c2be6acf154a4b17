using System.Buffers;
using Kfm.Provenance.Sigstore.Keys;
using Kfm.Provenance.Sigstore.Trust;

namespace Kfm.Provenance.Sigstore.Certificates;

/// <summary>Verifies the SCTs that a certificate embeds (RFC 6962, 3.2 and 3.3).</summary>
internal static class SctVerifier
{
    /// <summary>Verifies the SCTs of known logs; those of others are passed over.</summary>
    /// <param name="leaf">The certificate.</param>
    /// <param name="issuer">The certificate whose key signed it.</param>
    /// <param name="logs">The trusted logs.</param>
    /// <param name="verified">Takes what was verified.</param>
    /// <exception cref="DerFormatException">The list is malformed.</exception>
    public static SigstoreError? Verify(Certificate leaf, Certificate issuer, TrustedLog[] logs, List<VerifiedCertificateTimestamp> verified)
    {
        if (leaf.SctExtension.IsEmpty)
        {
            return null;
        }

        var items = CertificateTimestamp.Items(leaf.SctList.Of(leaf.Raw));
        while (!items.IsEmpty)
        {
            var sct = CertificateTimestamp.ReadNext(ref items);
            if (Find(logs, sct.LogId) is not { } known)
            {
                continue;
            }

            if (Check(leaf, issuer, sct, logs, known, out var time) is { } error)
            {
                return error;
            }

            verified.Add(new(known.BaseUrl, known.IdText, time));
        }

        return null;
    }

    private static TrustedLog? Find(TrustedLog[] logs, ReadOnlySpan<byte> id)
    {
        foreach (var log in logs)
        {
            if (id.SequenceEqual(log.Id))
            {
                return log;
            }
        }

        return null;
    }

    private static SigstoreError? Check(Certificate leaf, Certificate issuer, in CertificateTimestamp sct, TrustedLog[] logs, TrustedLog known, out DateTimeOffset time)
    {
        time = default;
        if (sct.Milliseconds > (ulong)DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            return Error(SigstoreErrorCode.Malformed, "The time of an SCT is beyond the calendar.");
        }

        time = DateTimeOffset.FromUnixTimeMilliseconds((long)sct.Milliseconds);
        var inWindow = false;
        foreach (var log in logs)
        {
            if (!sct.LogId.SequenceEqual(log.Id) || !log.Window.Contains(time))
            {
                continue;
            }

            inWindow = true;
            if (IsSigned(leaf, issuer, sct, log))
            {
                return null;
            }
        }

        return inWindow
            ? Error(SigstoreErrorCode.InvalidSignature, $"The signature of the certificate log {known.BaseUrl} is wrong.")
            : Error(SigstoreErrorCode.OutsideTrustWindow, $"The certificate log {known.BaseUrl} is not trusted at {time:O}.");
    }

    private static bool IsSigned(Certificate leaf, Certificate issuer, in CertificateTimestamp sct, TrustedLog log)
    {
        // RFC 6962, 2.1.4: ECDSA or RSA, with SHA-256.
        var expected = log.Key?.Kind == KeyKind.Rsa ? 1 : 3;
        if (sct.HashAlgorithm != 4 || sct.SignatureAlgorithm != expected)
        {
            return false;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(PrecertificateMessage.MaxLength(leaf, sct));
        try
        {
            return log.Verify(buffer.AsSpan(0, PrecertificateMessage.Write(leaf, issuer, sct, buffer)), sct.Signature);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static SigstoreError Error(SigstoreErrorCode code, string message) => new(SigstoreStage.CertificateTimestamp, code, message);
}
