using System.Text;
using Kfm.Agent.Autonomy;
using Kfm.Agent.Configuration;
using Kfm.Agent.Git;
using Kfm.Agent.Processes;
using Kfm.Gates.Packs;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>
/// The repository at the base commit: the one place from which settings, policies, people, schemas and code owners are read. What a proposal
/// says about them is a change to review, never a rule to follow.
/// </summary>
internal sealed class RepositoryBase
{
    private RepositoryBase(SourceRepository source, string commit) => (Source, Commit) = (source, commit);

    /// <summary>The repository.</summary>
    public SourceRepository Source { get; }

    /// <summary>The base commit.</summary>
    public string Commit { get; }

    /// <summary>The base commit's committer date: the source date epoch of the run.</summary>
    public DateTimeOffset Epoch { get; private init; }

    /// <summary>The URI of the repository: its origin without credentials, or the id of its first commit.</summary>
    public required string Uri { get; init; }

    /// <summary>kfm.json, or its defaults when the base has none.</summary>
    public required KfmSettings Settings { get; init; }

    /// <summary>kfm.json as it stands in the base; null when there is none.</summary>
    public required byte[]? SettingsFile { get; init; }

    /// <summary>The people file as it stands in the base; null when there is none.</summary>
    public required byte[]? PeopleBytes { get; init; }

    /// <summary>Who may approve.</summary>
    public required PeopleFile People { get; init; }

    /// <summary>The policies that decide.</summary>
    public required BasePolicies Policies { get; init; }

    /// <summary>The limits and lists by which the shipped policies judge.</summary>
    public required PolicyPacks Packs { get; init; }

    /// <summary>Reads the base.</summary>
    public static async Task<RepositoryBase> OpenAsync(ProcessRunner processes, string directory, string revision, CancellationToken cancellationToken)
    {
        var source = await SourceRepository.OpenAsync(processes, directory, cancellationToken);
        var commit = await source.ResolveAsync(revision, cancellationToken);
        var settingsFile = await source.ReadAtCommitAsync(commit, KfmSettings.FileName, cancellationToken);
        var settings = settingsFile is null
            ? new KfmSettings { Project = new ProjectIdentity(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory))), null) }
            : KfmSettings.Parse(settingsFile);
        var people = settings.People is null ? null : await source.ReadAtCommitAsync(commit, settings.People, cancellationToken)
            ?? throw new RepositoryBaseException($"kfm.json names the people file '{settings.People}', which the base commit does not have.");
        var tree = await source.ReadTreeAsync(commit, cancellationToken);
        var packs = await BasePacks.ReadAsync(source, tree, cancellationToken);
        return new RepositoryBase(source, commit)
        {
            Packs = packs,
            Epoch = await source.CommitterDateAsync(commit, cancellationToken),
            Uri = await UriAsync(source, commit, cancellationToken),
            Settings = settings,
            SettingsFile = settingsFile,
            PeopleBytes = people,
            Policies = await BasePolicies.OfTreeAsync(source, tree, settings.Policies, packs, cancellationToken),
            People = people is null ? PeopleFile.Empty : PeopleFile.Parse(people),
        };
    }

    /// <summary>A file of the base as an artifact of the record, with its bytes; null when the base does not have it.</summary>
    public async Task<(Artifact Artifact, byte[] Bytes)?> ReadAsync(string path, string mediaType, ArtifactRole role, CancellationToken cancellationToken)
    {
        var bytes = await Source.ReadAtCommitAsync(Commit, path, cancellationToken);
        return bytes is null ? null : (FileArtifact(path, bytes, mediaType, role), bytes);
    }

    /// <summary>A file of the repository as an artifact of the record.</summary>
    public static Artifact FileArtifact(string path, byte[] bytes, string mediaType, ArtifactRole role) =>
        new(Digest.Of(bytes), "repo:" + path, mediaType, bytes.Length, role);

    /// <summary>A commit as an artifact of the record: the bytes of git's object, named by its git id as well.</summary>
    public static async Task<Artifact> CommitArtifactAsync(GitCommand git, string commit, string name, ArtifactRole role, CancellationToken cancellationToken)
    {
        var bytes = await git.RunAsync(["cat-file", "commit", commit], cancellationToken);
        return new Artifact(Digest.Of(bytes.Span), name, "application/x-git-commit", bytes.Length, role) { GitObject = commit };
    }

    private static async Task<string> UriAsync(SourceRepository source, string commit, CancellationToken cancellationToken)
    {
        var origin = await source.Git.TryRunAsync(["config", "--get", "remote.origin.url"], default, cancellationToken);
        if (origin.Succeeded && System.Uri.TryCreate(origin.OutputText.Trim(), UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" or "ssh" or "git")
        {
            return new UriBuilder(uri) { UserName = "", Password = "" }.Uri.AbsoluteUri;
        }

        // A repository that nobody else names is named by where it began, which is the same in every clone.
        var roots = await source.Git.RunAsync(["rev-list", "--max-parents=0", commit, "--"], cancellationToken);
        return "urn:kfm:git:" + Encoding.ASCII.GetString(roots.Span).TrimEnd('\n').Split('\n')[^1];
    }
}
