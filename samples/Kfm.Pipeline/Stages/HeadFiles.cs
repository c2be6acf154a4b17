using Kfm.Agent.Git;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>The files of the proposal's head, as git has them.</summary>
internal sealed class HeadFiles(SourceRepository repository, string head)
{
    /// <summary>A file of the head as an artifact of the record, with its bytes; null when the head does not have it.</summary>
    public async Task<(Artifact Artifact, byte[] Bytes)?> ReadAsync(string path, string mediaType, ArtifactRole role, CancellationToken cancellationToken)
    {
        var bytes = await repository.ReadAtCommitAsync(head, path, cancellationToken);
        return bytes is null ? null : (RepositoryBase.FileArtifact(path, bytes, mediaType, role), bytes);
    }
}
