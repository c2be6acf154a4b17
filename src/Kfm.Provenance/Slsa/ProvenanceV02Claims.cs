using System.Text.Json;
using Kfm.Provenance.InToto;

namespace Kfm.Provenance.Slsa;

/// <summary>SLSA provenance 0.2.</summary>
internal sealed class ProvenanceV02Claims(Statement statement, JsonElement predicate) : ProvenanceClaims(statement)
{
    public override string? BuilderId => Text(predicate, "builder", "id");

    public override string? BuildType => Text(predicate, "buildType");

    public override string? SourceUri => Items(predicate, "materials") is [var first, ..] ? Text(first, "uri") : null;

    public override string? TriggerUri => Text(predicate, "invocation", "configSource", "uri");

    public override string? TriggerPath => Text(predicate, "invocation", "configSource", "entryPoint");

    public override string? InvocationId => Text(predicate, "metadata", "buildInvocationId");

    public override IReadOnlyDictionary<string, JsonElement> Environment { get; } = Members(At(predicate, "invocation", "environment"));

    public override int Dependencies => Items(predicate, "materials").Count;

    public override bool ClaimsMoreThanCertificates =>
        Text(predicate, "metadata", "buildStartedOn") is not null
        || Text(predicate, "metadata", "buildFinishedOn") is not null
        || IsTrue("metadata", "reproducible")
        || IsTrue("metadata", "completeness", "parameters")
        || IsTrue("metadata", "completeness", "environment")
        || IsTrue("metadata", "completeness", "materials")
        || HasMembers("invocation", "parameters")
        || HasMembers("buildConfig");

    private bool IsTrue(params ReadOnlySpan<string> path) => At(predicate, path) is { ValueKind: JsonValueKind.True };

    private bool HasMembers(params ReadOnlySpan<string> path) => At(predicate, path) is { } value && value.ValueKind switch
    {
        JsonValueKind.Null => false,
        JsonValueKind.Object => value.EnumerateObject().Any(),
        _ => true,
    };
}
