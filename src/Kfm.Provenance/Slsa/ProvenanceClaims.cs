using System.Text.Json;
using Kfm.Provenance.InToto;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.Slsa;

/// <summary>What a verifier needs of SLSA provenance, of version 0.2 or 1, as builders on GitHub write it.</summary>
internal abstract class ProvenanceClaims(Statement statement)
{
    public const string V02 = "https://slsa.dev/provenance/v0.2";
    public const string V1 = "https://slsa.dev/provenance/v1";

    public Statement Statement => statement;

    public abstract string? BuilderId { get; }

    public abstract string? BuildType { get; }

    /// <summary>The source that was built, with its reference.</summary>
    public abstract string? SourceUri { get; }

    /// <summary>The source whose workflow was started, with its reference.</summary>
    public abstract string? TriggerUri { get; }

    /// <summary>The path of the workflow that was started.</summary>
    public abstract string? TriggerPath { get; }

    public abstract string? InvocationId { get; }

    /// <summary>The variables of the environment; names are in upper case.</summary>
    public abstract IReadOnlyDictionary<string, JsonElement> Environment { get; }

    public abstract int Dependencies { get; }

    /// <summary>Whether there are claims that no certificate proves: times, reproducibility, completeness, parameters, configuration.</summary>
    public abstract bool ClaimsMoreThanCertificates { get; }

    /// <summary>Reads the payload.</summary>
    public static SlsaRejection? Read(ReadOnlySpan<byte> payload, out ProvenanceClaims? claims)
    {
        claims = null;
        try
        {
            var statement = Statement.Parse(payload);
            var predicate = JsonCursor.OpenForeign(payload, static (message, pointer) => new InTotoFormatException(message, pointer)).Member("predicate").Element;
            claims = statement.PredicateType switch
            {
                V02 => new ProvenanceV02Claims(statement, predicate),
                V1 => new ProvenanceV1Claims(statement, predicate),
                _ => null,
            };
            return claims is not null ? null : Invalid($"the predicate is of the type {statement.PredicateType}.");
        }
        catch (InTotoFormatException e)
        {
            return Invalid(e.Message);
        }
    }

    /// <summary>The reference of the branch that was built; empty when that is not known.</summary>
    public virtual SlsaRejection? Branch(out string reference)
    {
        reference = "";
        var rejection = Variable("GITHUB_REF_TYPE", out var kind);
        return rejection ?? kind switch
        {
            "branch" => Variable("GITHUB_REF", out reference),
            "tag" => BranchOfTag(out reference),
            _ => Invalid($"'{kind}' is no kind of reference."),
        };
    }

    /// <summary>The reference of the tag that was built; empty when a branch was.</summary>
    public virtual SlsaRejection? Tag(out string reference)
    {
        reference = "";
        var rejection = Variable("GITHUB_REF_TYPE", out var kind);
        return rejection ?? kind switch
        {
            "branch" => null,
            "tag" => Variable("GITHUB_REF", out reference),
            _ => Invalid($"'{kind}' is no kind of reference."),
        };
    }

    /// <summary>An input of a workflow that was started by hand.</summary>
    public SlsaRejection? Input(string name, out string? value)
    {
        value = null;
        if (Variable("GITHUB_EVENT_NAME", out var trigger) is { } rejection)
        {
            return rejection;
        }

        if (!string.Equals(trigger, "workflow_dispatch", StringComparison.Ordinal))
        {
            return new(SlsaErrorCode.MismatchWorkflowInputs, $"Inputs are those of a workflow_dispatch; the event was {trigger}.");
        }

        value = Environment.TryGetValue("GITHUB_EVENT_PAYLOAD", out var payload) ? Text(payload, "inputs", name) : null;
        return value is null ? new(SlsaErrorCode.MismatchWorkflowInputs, $"There is no input '{name}'.") : null;
    }

    public static SlsaRejection Invalid(string reason) => new(SlsaErrorCode.InvalidDssePayload, "The provenance cannot be used: " + reason);

    /// <summary>The text at a path of members, or null.</summary>
    protected static string? Text(JsonElement element, params ReadOnlySpan<string> path) =>
        At(element, path) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>The value at a path of members, or null.</summary>
    protected static JsonElement? At(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element;
    }

    /// <summary>The items of an array; none when there is no array.</summary>
    protected static IReadOnlyList<JsonElement> Items(JsonElement element, params ReadOnlySpan<string> path) =>
        At(element, path) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];

    protected static Dictionary<string, JsonElement> Members(JsonElement? element)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (element is { ValueKind: JsonValueKind.Object } value)
        {
            foreach (var member in value.EnumerateObject())
            {
                if (!members.TryAdd(member.Name.ToUpperInvariant(), member.Value))
                {
                    throw new InTotoFormatException($"the variable '{member.Name}' stands twice, in upper and lower case", "/predicate");
                }
            }
        }

        return members;
    }

    private SlsaRejection? Variable(string name, out string value)
    {
        var found = Environment.TryGetValue(name, out var element) && element.ValueKind == JsonValueKind.String;
        value = found ? element.GetString()! : "";
        return found ? null : Invalid($"the environment has no text {name}.");
    }

    // A push of a tag names the branch in its event, a release in what it was made from.
    private SlsaRejection? BranchOfTag(out string reference)
    {
        var rejection = Variable("GITHUB_BASE_REF", out reference) ?? Variable("GITHUB_EVENT_NAME", out _);
        if (rejection is not null || reference.Length > 0)
        {
            return rejection;
        }

        Variable("GITHUB_EVENT_NAME", out var trigger);
        if (!Environment.TryGetValue("GITHUB_EVENT_PAYLOAD", out var payload))
        {
            return Invalid("the environment has no GITHUB_EVENT_PAYLOAD.");
        }

        reference = trigger switch
        {
            "push" => Text(payload, "base_ref") ?? "",
            "release" when Text(payload, "release", "target_commitish") is { } branch => "refs/heads/" + branch,
            _ => "",
        };
        return null;
    }
}
