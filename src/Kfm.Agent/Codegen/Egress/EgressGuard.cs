using Kfm.Agent.Configuration;

namespace Kfm.Agent.Codegen.Egress;

/// <summary>Lets a request through to a model only when the settings of the base allow its prompt to go there.</summary>
/// <remarks>The model is made after the check, so that a refused prompt opens no connection and needs no key.</remarks>
public sealed class EgressGuard : ICodegenModel
{
    private readonly EgressSettings _settings;
    private readonly ModelSetting _target;
    private readonly Func<ICodegenModel> _open;

    /// <summary>Creates a guard.</summary>
    /// <param name="settings">What may go where.</param>
    /// <param name="target">The model that the prompt would go to.</param>
    /// <param name="open">Makes the model.</param>
    public EgressGuard(EgressSettings settings, ModelSetting target, Func<ICodegenModel> open)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(open);
        (_settings, _target, _open) = (settings, target, open);
    }

    /// <summary>Asks the model, when the prompt may go to it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="EgressRefusedException">The prompt may not go there.</exception>
    /// <exception cref="CodegenModelException">The model gave no answer.</exception>
    public Task<CodegenResponse> CompleteAsync(CodegenRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        return EgressRules.Refusal(_settings, request.PromptClass, _target) is { } reason
            ? Task.FromException<CodegenResponse>(new EgressRefusedException(reason))
            : _open().CompleteAsync(request, cancellationToken);
    }
}
