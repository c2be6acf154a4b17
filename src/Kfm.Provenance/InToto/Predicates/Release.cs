using System.Text.Json.Nodes;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.InToto.Predicates;

/// <summary>The artifacts of a release of a package (in-toto release 0.2; 0.1 is read too).</summary>
public sealed record Release : Predicate
{
    /// <summary>The URI of the type.</summary>
    public const string TypeUri = "https://in-toto.io/attestation/release/v0.2";

    internal const string FirstTypeUri = "https://in-toto.io/attestation/release/v0.1";

    /// <inheritdoc/>
    public override string Type => IsFirstVersion ? FirstTypeUri : TypeUri;

    /// <summary>Whether this is of version 0.1, in which the package id is called <c>releaseId</c>.</summary>
    public bool IsFirstVersion { get; init; }

    /// <summary>The package URL with a version.</summary>
    public required string Purl { get; init; }

    /// <summary>What the registry knows the package by whatever its name (<c>releaseId</c> in 0.1), or null.</summary>
    public string? PackageId { get; init; }

    /// <inheritdoc/>
    public override JsonObject ToJson() => new JsonObject { ["purl"] = Purl }.With(IsFirstVersion ? "releaseId" : "packageId", PackageId);

    internal static Release ReadFirst(JsonCursor json, StatementRules rules) => Read(json, rules) with { IsFirstVersion = true };

    internal static Release Read(JsonCursor json, StatementRules rules)
    {
        _ = rules;
        var purl = json.Required("purl");
        return purl.StartsWith("pkg:", StringComparison.Ordinal) && purl.Split('?', '#')[0].LastIndexOf('@') > 0
            ? new Release { Purl = purl, PackageId = json.Text("packageId") ?? json.Text("releaseId") }
            : throw json.Member("purl").Error("a package URL with a version is expected");
    }
}
