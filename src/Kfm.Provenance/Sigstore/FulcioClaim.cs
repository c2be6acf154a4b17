namespace Kfm.Provenance.Sigstore;

/// <summary>The claims that Fulcio writes into certificates: the arc below 1.3.6.1.4.1.57264.1 (Fulcio, docs/oid-info.md).</summary>
public enum FulcioClaim
{
    /// <summary>The issuer of the OIDC token, in its first encoding.</summary>
    IssuerV1 = 1,

    /// <summary>The event that started a GitHub workflow.</summary>
    GitHubWorkflowTrigger = 2,

    /// <summary>The commit of a GitHub workflow.</summary>
    GitHubWorkflowSha = 3,

    /// <summary>The name of a GitHub workflow.</summary>
    GitHubWorkflowName = 4,

    /// <summary>The repository of a GitHub workflow, owner/name.</summary>
    GitHubWorkflowRepository = 5,

    /// <summary>The ref of a GitHub workflow.</summary>
    GitHubWorkflowRef = 6,

    /// <summary>The issuer of the OIDC token.</summary>
    Issuer = 8,

    /// <summary>The build instructions that ran, with their ref: for GitHub the reusable workflow.</summary>
    BuildSignerUri = 9,

    /// <summary>The commit of the build instructions.</summary>
    BuildSignerDigest = 10,

    /// <summary>Whether the runner is the platform's or the user's.</summary>
    RunnerEnvironment = 11,

    /// <summary>The URL of the repository that was built.</summary>
    SourceRepositoryUri = 12,

    /// <summary>The commit that was built.</summary>
    SourceRepositoryDigest = 13,

    /// <summary>The ref that was built.</summary>
    SourceRepositoryRef = 14,

    /// <summary>The platform's id of the repository.</summary>
    SourceRepositoryIdentifier = 15,

    /// <summary>The URL of the owner of the repository.</summary>
    SourceRepositoryOwnerUri = 16,

    /// <summary>The platform's id of the owner.</summary>
    SourceRepositoryOwnerIdentifier = 17,

    /// <summary>The configuration at the top of the build, with its ref: for GitHub the calling workflow.</summary>
    BuildConfigUri = 18,

    /// <summary>The commit of the configuration.</summary>
    BuildConfigDigest = 19,

    /// <summary>The event that started the build.</summary>
    BuildTrigger = 20,

    /// <summary>The URL of the run.</summary>
    RunInvocationUri = 21,

    /// <summary>The visibility of the repository when the certificate was given.</summary>
    SourceRepositoryVisibility = 22,

    /// <summary>The environment that the deployment was made to.</summary>
    DeploymentEnvironment = 23,
}
