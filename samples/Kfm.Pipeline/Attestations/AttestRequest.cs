using System.Text.Json.Nodes;
using Kfm.Provenance.InToto;
using Kfm.Provenance.InToto.Predicates;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Attestations;

/// <summary>What <c>kfm attest</c> is asked for.</summary>
internal sealed record AttestRequest
{
    public required IReadOnlyList<string> Subjects { get; init; }

    public string? Manifest { get; init; }

    public string? Type { get; init; }

    public string? Predicate { get; init; }

    public string? BuilderId { get; init; }

    public string? BuildType { get; init; }

    public string? InvocationId { get; init; }

    public required IReadOnlyList<string> Keys { get; init; }

    public string? PasswordFile { get; init; }

    /// <summary>Makes the envelope.</summary>
    public async Task<DsseEnvelope> SignAsync(CancellationToken cancellationToken)
    {
        var payload = Statement().ToPayload();
        var password = PasswordFile is null ? null : (await File.ReadAllTextAsync(PasswordFile, cancellationToken)).TrimEnd('\r', '\n');
        List<SigningKey> keys = [];
        try
        {
            foreach (var path in Keys)
            {
                keys.Add(LocalSigningKey.Load(path, password));
            }

            return keys.Count > 0 && keys.DistinctBy(k => k.KeyId, StringComparer.Ordinal).Count() == keys.Count
                ? await DsseEnvelope.SignAsync(Provenance.InToto.Statement.PayloadType, payload, keys, cancellationToken)
                : throw new AttestationInputException("Give at least one key, and each key once.");
        }
        finally
        {
            keys.ForEach(k => k.Dispose());
        }
    }

    private Statement Statement()
    {
        List<ResourceDescriptor> subjects = [.. Manifest is null ? [] : AttestationSubjects.OfManifest(Manifest), .. Subjects.Select(AttestationSubjects.Parse)];
        if (subjects.Count == 0)
        {
            throw new AttestationInputException("Name at least one subject: --subject or --manifest.");
        }

        if (Predicate is null)
        {
            return Build().ToStatement(subjects);
        }

        var type = PredicateTypes.Parse(Type ?? throw new AttestationInputException("Give the type of the predicate by --type."));
        var statement = new Statement(subjects, type, AttestationFile.Read(Predicate));
        Provenance.InToto.Predicates.Predicate.Read(statement);
        return statement;
    }

    // Without a predicate: SLSA provenance 1 of a build that the caller describes.
    private SlsaProvenanceV1 Build() => BuilderId is null || BuildType is null
        ? throw new AttestationInputException("Give --predicate, or --builder-id and --build-type for SLSA provenance.")
        : new SlsaProvenanceV1 { BuilderId = BuilderId, BuildType = BuildType, ExternalParameters = new JsonObject(), InvocationId = InvocationId };
}
