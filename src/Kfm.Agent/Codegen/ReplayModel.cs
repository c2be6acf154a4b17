namespace Kfm.Agent.Codegen;

/// <summary>A model that answers from recordings: only a request that was recorded gets an answer, and always the same one.</summary>
public sealed class ReplayModel
{
    private readonly ReplayFile _file;

    /// <summary>Creates a model.</summary>
    /// <param name="file">The recordings.</param>
    public ReplayModel(ReplayFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        _file = file;
    }

    /// <summary>The recorded answer to a request.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="RecordingNotFoundException">There is no recording for exactly this request.</exception>
    public CodegenResponse Complete(CodegenRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var digest = request.ComputeDigest();
        return _file.Recordings.TryGetValue(digest, out var response) ? response : throw new RecordingNotFoundException(digest);
    }
}
