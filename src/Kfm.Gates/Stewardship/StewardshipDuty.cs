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

    private static readonly Dictionary<string, string> Keys = new (string Duty, string[] Keys)[]
    {
        (Rights, ["license", "licence", "rights", "copyright", "care_label", "care", "ai", "ai_training", "ai_focus"]),
        (Rights, ["ai_training_inclusion", "ai_focusmode_usage", "ai_transform_permissions", "ai_transform_prohibited"]),
        (Sovereignty, ["indigenous_rights_flag", "sovereignty_policy", "sovereignty", "jurisdiction"]),
        (Sensitivity, ["sensitivity", "sensitivity_level", "classification", "public_exposure_risk"]),
        (Provenance, ["prov_profile", "attestation_ref", "sbom_ref", "signature_ref", "manifest_ref", "governance_ref"]),
        (Provenance, ["pipeline_contract_version", "fair_category", "fair"]),
        (Catalog, ["stac_profile", "dcat_profile"]),
    }.SelectMany(d => d.Keys, (d, key) => (d.Duty, key)).ToDictionary(d => d.key, d => d.Duty, StringComparer.Ordinal);

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
