using Kfm.Provenance.Digests;

namespace Kfm.Agent.Codegen;

/// <summary>A replay has no answer for a request: the intent, the prompt, the model, its parameters or the seed differ from what was recorded.</summary>
public sealed class RecordingNotFoundException : CodegenModelException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="request">The digest of the request.</param>
    public RecordingNotFoundException(Digest request)
        : base($"the replay has no recording for the request {request}; record an answer for exactly this request") => Request = request;

    /// <summary>The digest of the request.</summary>
    public Digest Request { get; }
}
