namespace Kfm.Agent.Codegen;

/// <summary>A model that answers from recordings: only a request that was recorded gets an answer, and always the same one.</summary>
public sealed class ReplayModel : ICodegenModel
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
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="RecordingNotFoundException">There is no recording for exactly this request.</exception>
    public Task<CodegenResponse> CompleteAsync(CodegenRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var digest = request.ComputeDigest();
        return _file.Recordings.TryGetValue(digest, out var response) ? Task.FromResult(response) : throw new RecordingNotFoundException(digest);
    }
}
