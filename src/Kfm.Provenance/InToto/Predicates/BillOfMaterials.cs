using System.Text.Json.Nodes;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.InToto.Predicates;

/// <summary>A CycloneDX or SPDX document as a predicate (in-toto cyclonedx, spdx). The document itself is not checked further.</summary>
public sealed record BillOfMaterials : Predicate
{
    /// <summary>The type of CycloneDX documents.</summary>
    public const string CycloneDxType = "https://cyclonedx.org/bom";

    /// <summary>The type of SPDX documents.</summary>
    public const string SpdxType = "https://spdx.dev/Document";

    private readonly JsonObject _document;

    /// <summary>Wraps a document.</summary>
    /// <param name="type"><see cref="CycloneDxType"/> or <see cref="SpdxType"/>, perhaps with <c>/v</c> and a version.</param>
    /// <param name="document">The document; it is copied.</param>
    /// <exception cref="ArgumentException">The type is another one.</exception>
    public BillOfMaterials(string type, JsonObject document)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(document);
        Type = IsType(type) ? type : throw new ArgumentException($"'{type}' is not the type of a bill of materials.", nameof(type));
        _document = (JsonObject)document.DeepClone();
    }

    /// <inheritdoc/>
    public override string Type { get; }

    /// <summary>Whether the document is of CycloneDX; else it is of SPDX.</summary>
    public bool IsCycloneDx => Type.StartsWith(CycloneDxType, StringComparison.Ordinal);

    /// <summary>The document: a copy.</summary>
    public override JsonObject ToJson() => (JsonObject)_document.DeepClone();

    internal static bool IsType(string type) =>
        type is CycloneDxType or SpdxType
        || type.StartsWith(CycloneDxType + "/v", StringComparison.Ordinal)
        || type.StartsWith(SpdxType + "/v", StringComparison.Ordinal);

    internal static BillOfMaterials Read(string type, JsonCursor json)
    {
        if (type.StartsWith(CycloneDxType, StringComparison.Ordinal))
        {
            json.Word("bomFormat", "CycloneDX");
        }
        else if (json.Optional("spdxVersion") is null && json.Optional("@context") is null)
        {
            throw json.Error("an SPDX document has spdxVersion (version 2) or @context (version 3)");
        }

        return new BillOfMaterials(type, JsonNode.Parse(json.ToString())!.AsObject());
    }
}
