using Kfm.Provenance.JsonSchema;

namespace Kfm.Gates.Decisions;

/// <summary>The published JSON Schemas (2020-12) of the formats of this package.</summary>
public static class PublishedSchemas
{
    private static readonly Lazy<CompiledSchema> CompiledContext = new(() => CompiledSchema.Compile(ContextVersion1()));
    private static readonly Lazy<CompiledSchema> CompiledDecision = new(() => CompiledSchema.Compile(DecisionVersion1()));
    private static readonly Lazy<CompiledSchema> CompiledPolicyPack = new(() => CompiledSchema.Compile(PolicyPackVersion1()));
    private static readonly Lazy<CompiledSchema> CompiledConsentEnvelope = new(() => CompiledSchema.Compile(ConsentEnvelopeVersion1()));
    private static readonly Lazy<CompiledSchema> CompiledCredentials = new(() => CompiledSchema.Compile(CredentialsVersion1()));
    private static readonly Lazy<CompiledSchema> CompiledOverride = new(() => CompiledSchema.Compile(OverrideVersion1()));

    internal static CompiledSchema Context => CompiledContext.Value;

    internal static CompiledSchema Decision => CompiledDecision.Value;

    internal static CompiledSchema ConsentEnvelope => CompiledConsentEnvelope.Value;

    internal static CompiledSchema Credentials => CompiledCredentials.Value;

    internal static CompiledSchema PolicyPack => CompiledPolicyPack.Value;

    internal static CompiledSchema Override => CompiledOverride.Value;

    /// <summary>The schema of context.json, format version 1, UTF-8.</summary>
    public static byte[] ContextVersion1() => Read("Kfm.Gates.context-v1.schema.json");

    /// <summary>The schema of decision.json, format version 1, UTF-8.</summary>
    public static byte[] DecisionVersion1() => Read("Kfm.Gates.decision-v1.schema.json");

    /// <summary>The schema of policy packs, format version 1, UTF-8.</summary>
    public static byte[] PolicyPackVersion1() => Read("Kfm.Gates.policy-pack-v1.schema.json");

    /// <summary>The schema of consent envelopes, version 1, UTF-8.</summary>
    public static byte[] ConsentEnvelopeVersion1() => Read("Kfm.Gates.consent-envelope-v1.schema.json");

    /// <summary>The schema of inventories of credentials, format version 1, UTF-8.</summary>
    public static byte[] CredentialsVersion1() => Read("Kfm.Gates.credentials-v1.schema.json");

    /// <summary>The schema of an override, format version 1, UTF-8.</summary>
    public static byte[] OverrideVersion1() => Read("Kfm.Gates.override-v1.schema.json");

    private static byte[] Read(string resource)
    {
        using var stream = typeof(PublishedSchemas).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The resource {resource} is not in the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
