namespace Kfm.Agent.Codegen.Chain;

/// <summary>A cache of answers: a request that was recorded is answered without its model, any other answer is recorded.</summary>
/// <remarks>An answer in which the scan finds a secret is given back and not recorded. One request at a time.</remarks>
public sealed class RecordingModel : ICodegenModel
{
    private readonly ICodegenModel _model;
    private readonly Func<string, IReadOnlyList<string>> _scan;

    /// <summary>Creates a cache.</summary>
    /// <param name="model">Answers what is not recorded.</param>
    /// <param name="file">What is recorded already.</param>
    /// <param name="scan">Looks for secrets in a text; an empty list lets it be recorded.</param>
    public RecordingModel(ICodegenModel model, ReplayFile file, Func<string, IReadOnlyList<string>> scan)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(scan);
        (_model, File, _scan) = (model, file, scan);
    }

    /// <summary>All recordings so far.</summary>
    public ReplayFile File { get; private set; }

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="CodegenModelException">The request is not recorded and its model gave no answer.</exception>
    public async Task<CodegenResponse> CompleteAsync(CodegenRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (File.Recordings.TryGetValue(request.ComputeDigest(), out var recorded))
        {
            return recorded;
        }

        var response = await _model.CompleteAsync(request, cancellationToken).ConfigureAwait(false);
        if (_scan(response.Patch).Count == 0 && _scan(response.ModelVersion).Count == 0)
        {
            File = File.Record(request, response);
        }

        return response;
    }
}
