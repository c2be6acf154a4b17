namespace Kfm.Provenance.Slsa;

/// <summary>The builders on GitHub whose provenance is understood, and the types of build that each writes.</summary>
internal static class KnownBuilders
{
    public const string NpmLegacy = "https://github.com/actions/runner";
    public const string NpmHosted = NpmLegacy + "/github-hosted";
    public const string NpmSelfHosted = NpmLegacy + "/self-hosted";
    public const string LowPermissionsDelegator = Generator + "delegator_lowperms-generic_slsa3.yml";

    /// <summary>Provenance of this type before its general availability has no reference in the source.</summary>
    public const string NpmFirst = "https://github.com/npm/cli/gha@v1";

    /// <summary>The type of a build that another workflow delegates.</summary>
    public const string Delegated = "https://github.com/slsa-framework/slsa-github-generator/delegator-generic@v0";

    /// <summary>The type of GitHub's own attestations, which any builder may write.</summary>
    public const string GitHubWorkflow = "https://actions.github.io/buildtypes/workflow/v1";

    public const string Repository = "https://github.com/slsa-framework/slsa-github-generator/";
    public const string Generator = Repository + ".github/workflows/";

    private const string Types = "https://github.com/slsa-framework/slsa-github-generator/";
    private const string Legacy = "https://github.com/slsa-framework/slsa-github-generator@v1";
    private const string NpmWorkflow = "https://slsa-framework.github.io/github-actions-buildtypes/workflow/v1";
    private static readonly string[] Delegators = [Generator + "delegator_generic_slsa3.yml", LowPermissionsDelegator];

    private static readonly Dictionary<string, string[]> V02 = new(StringComparer.Ordinal)
    {
        [Generator + "generator_generic_slsa3.yml"] = [Types + "generic@v1", Legacy],
        [Generator + "generator_container_slsa3.yml"] = [Types + "container@v1", Legacy],
        [Generator + "builder_go_slsa3.yml"] = [Types + "go@v1", "https://github.com/slsa-framework/slsa-github-generator-go@v1", Legacy],
        [Delegators[0]] = [Delegated],
        [Delegators[1]] = [Delegated],
        [NpmLegacy] = [NpmFirst, "https://github.com/npm/cli/gha/v2"],
        [NpmHosted] = [NpmFirst, "https://github.com/npm/cli/gha/v2"],
        [NpmSelfHosted] = [NpmFirst, "https://github.com/npm/cli/gha/v2"],
    };

    private static readonly Dictionary<string, string[]> V1 = new(StringComparer.Ordinal)
    {
        [Generator + "builder_container-based_slsa3.yml"] = ["https://slsa.dev/container-based-build/v0.1?draft"],
        [Delegators[0]] = [Delegated],
        [Delegators[1]] = [Delegated],
        [NpmHosted] = [NpmWorkflow],
        [NpmSelfHosted] = [NpmWorkflow],
    };

    private static readonly string[] Trusted =
    [
        Generator + "generator_generic_slsa3.yml", Generator + "builder_go_slsa3.yml", Generator + "builder_container-based_slsa3.yml", .. Delegators,
    ];

    /// <summary>Whether the builder is trusted for artifacts when the caller names none.</summary>
    public static bool IsTrusted(string name) => Trusted.Contains(name, StringComparer.Ordinal);

    /// <summary>Whether the workflow builds for another, which the provenance names and the caller has to.</summary>
    public static bool IsDelegator(string name) => Delegators.Contains(name, StringComparer.Ordinal);

    /// <summary>Whether provenance of this version and type of build is known from the builder.</summary>
    public static SlsaRejection? Check(string builder, ProvenanceClaims claims)
    {
        var known = claims is ProvenanceV02Claims ? V02 : V1;
        return !known.TryGetValue(builder, out var types)
            ? new(SlsaErrorCode.InvalidBuilderID, $"Provenance of the type {claims.Statement.PredicateType} is not known from the builder {builder}.")
            : types.Contains(claims.BuildType, StringComparer.Ordinal)
                ? null
                : new(SlsaErrorCode.InvalidBuildType, $"The builder {builder} makes no builds of the type {claims.BuildType}.");
    }
}
