using System.Text.Json;
using Kfm.Provenance.InToto;

namespace Kfm.Provenance.Slsa;

/// <summary>SLSA provenance 1.</summary>
internal sealed class ProvenanceV1Claims(Statement statement, JsonElement predicate) : ProvenanceClaims(statement)
{
    public override string? BuilderId => Text(predicate, "runDetails", "builder", "id");

    public override string? BuildType => Text(predicate, "buildDefinition", "buildType");

    public override string? SourceUri => Items(predicate, "buildDefinition", "resolvedDependencies") is [var first, ..] ? Text(first, "uri") : null;

    /// <summary>The workflow of the build types that GitHub and npm write, else that of the environment.</summary>
    public override string? TriggerUri => Workflow is { } workflow
        ? Text(workflow, "repository") is { } repository && Text(workflow, "ref") is { } reference ? $"git+{repository}@{reference}" : null
        : Parts is (var name, _, var at) ? $"git+{GitReference.GitHub}{name}@{at}" : null;

    public override string? TriggerPath => Workflow is { } workflow ? Text(workflow, "path") : Parts?.Path;

    public override string? InvocationId => Text(predicate, "runDetails", "metadata", "invocationId");

    public override IReadOnlyDictionary<string, JsonElement> Environment { get; } = Members(At(predicate, "buildDefinition", "internalParameters"));

    /// <summary>What GitHub and npm say of the run.</summary>
    public IReadOnlyDictionary<string, JsonElement> GitHub { get; } = Members(At(predicate, "buildDefinition", "internalParameters", "github"));

    /// <summary>The names of the external parameters.</summary>
    public IEnumerable<string> Parameters =>
        At(predicate, "buildDefinition", "externalParameters") is { ValueKind: JsonValueKind.Object } all ? all.EnumerateObject().Select(m => m.Name) : [];

    public string? WorkflowRef => Workflow is { } workflow ? Text(workflow, "ref") : null;

    /// <summary>The commit of the source.</summary>
    public string? SourceCommit => Items(predicate, "buildDefinition", "resolvedDependencies") is [var first, ..] ? Text(first, "digest", "gitCommit") : null;

    public override int Dependencies => Items(predicate, "buildDefinition", "resolvedDependencies").Count;

    public override bool ClaimsMoreThanCertificates =>
        Text(predicate, "runDetails", "metadata", "startedOn") is not null
        || Text(predicate, "runDetails", "metadata", "finishedOn") is not null
        || Items(predicate, "runDetails", "byproducts").Count > 0;

    public override SlsaRejection? Branch(out string reference) => Reference(out reference) ? null : base.Branch(out reference);

    public override SlsaRejection? Tag(out string reference) => Reference(out reference) ? null : base.Tag(out reference);

    private JsonElement? Workflow => At(predicate, "buildDefinition", "externalParameters", "workflow");

    // org/name/path@reference
    private (string Repository, string Path, string Reference)? Parts =>
        Environment.TryGetValue("GITHUB_WORKFLOW_REF", out var value) && value.ValueKind == JsonValueKind.String
            && value.GetString()!.Split('@') is [var path, { Length: > 0 } reference]
            && path.Split('/', 3) is [var owner, var name, var rest]
            ? ($"{owner}/{name}", rest, reference)
            : null;

    // The source says which reference was built, when it does.
    private bool Reference(out string reference)
    {
        reference = "";
        return SourceUri is { } uri && GitReference.Split(uri, out _, out reference) is null && reference.Length > 0;
    }
}
