namespace Kfm.Agent.Codegen;

/// <summary>What answers a request with a patch: recordings, a chat model, a chain of them.</summary>
public interface ICodegenModel
{
    /// <summary>Answers a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="CodegenModelException">There is no answer; the reason says why.</exception>
    Task<CodegenResponse> CompleteAsync(CodegenRequest request, CancellationToken cancellationToken);
}
