namespace Kfm.Gates.Stewardship;

/// <summary>The reasons for which a proposal goes to the stewards, as the record names them, and what gives rise to them.</summary>
public static class StewardshipDuty
{
    /// <summary>Rights, licences, CARE, and what models may do.</summary>
    public const string Rights = "rights";

    /// <summary>Sovereignty and jurisdiction.</summary>
    public const string Sovereignty = "sovereignty";

    /// <summary>Sensitivity, classification, exposure.</summary>
    public const string Sensitivity = "sensitivity";

    /// <summary>Requirements of provenance: attestations, signatures, profiles.</summary>
    public const string Provenance = "provenance";

    /// <summary>Catalogs that the public sees.</summary>
    public const string Catalog = "catalog";

    private static readonly Dictionary<string, string> Keys = new(StringComparer.Ordinal)
    {
        ["license"] = Rights, ["licence"] = Rights, ["rights"] = Rights, ["copyright"] = Rights, ["care_label"] = Rights, ["care"] = Rights, ["ai"] = Rights,
        ["ai_training_inclusion"] = Rights, ["ai_focusmode_usage"] = Rights, ["ai_transform_permissions"] = Rights, ["ai_transform_prohibited"] = Rights,
        ["ai_training"] = Rights, ["ai_focus"] = Rights,
        ["indigenous_rights_flag"] = Sovereignty, ["sovereignty_policy"] = Sovereignty, ["sovereignty"] = Sovereignty, ["jurisdiction"] = Sovereignty,
        ["sensitivity"] = Sensitivity, ["sensitivity_level"] = Sensitivity, ["classification"] = Sensitivity, ["public_exposure_risk"] = Sensitivity,
        ["prov_profile"] = Provenance, ["attestation_ref"] = Provenance, ["sbom_ref"] = Provenance, ["signature_ref"] = Provenance, ["manifest_ref"] = Provenance,
        ["governance_ref"] = Provenance, ["pipeline_contract_version"] = Provenance, ["fair_category"] = Provenance, ["fair"] = Provenance,
        ["stac_profile"] = Catalog, ["dcat_profile"] = Catalog,
    };

    /// <summary>All duties, sorted.</summary>
    public static IReadOnlyList<string> All { get; } = [Catalog, Provenance, Rights, Sensitivity, Sovereignty];

    /// <summary>The duty that a flag belongs to, or null when anybody may change it.</summary>
    /// <param name="key">The key of front matter or the member of a sidecar.</param>
    public static string? Of(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Keys.GetValueOrDefault(key);
    }

    /// <summary>The flags with a duty whose values differ; one that is new or gone differs too.</summary>
    /// <param name="before">The flags at the base.</param>
    /// <param name="after">The flags at the head; empty for a file that is gone.</param>
    public static IReadOnlyList<FlagChange> Changes(
        IReadOnlyDictionary<string, IReadOnlyList<string>> before, IReadOnlyDictionary<string, IReadOnlyList<string>> after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return [.. before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(key => Of(key) is not null && !before.GetValueOrDefault(key, []).SequenceEqual(after.GetValueOrDefault(key, []), StringComparer.Ordinal))
            .Select(key => new FlagChange(Of(key)!, key))];
    }
}
