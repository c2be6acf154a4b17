using System.Text.Json;
using Kfm.Provenance.InToto;
using Kfm.Provenance.Sigstore.Bundles;

namespace Kfm.Provenance.Sigstore.Verification;

/// <summary>Whether a signed statement (in-toto Attestation Framework, Statement) is about the artifact.</summary>
internal static class SubjectCheck
{
    private const string Path = "/dsseEnvelope/payload";

    public static SigstoreError? Check(SigstoreBundle bundle, SigstoreArtifact artifact)
    {
        if (bundle.Payload is not { } payload || !artifact.IsNamed)
        {
            return null;
        }

        if (bundle.PayloadType is not Statement.PayloadType)
        {
            return new(SigstoreStage.Subject, SigstoreErrorCode.UnsupportedPayload, $"A payload of the type '{bundle.PayloadType}' has no subject to compare with the artifact.", "/dsseEnvelope/payloadType");
        }

        try
        {
            return new StatementSubjects(artifact).Check(payload);
        }
        catch (SigstoreFormatException e)
        {
            return e.Error;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new(SigstoreStage.Subject, SigstoreErrorCode.MalformedJson, "The statement is not JSON of Unicode text: " + e.Message, Path);
        }
    }
}
