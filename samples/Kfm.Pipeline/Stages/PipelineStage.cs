using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>One stage: reads what it needs from the bundle and the repository's base, writes its part of the bundle and its facts.</summary>
internal abstract class PipelineStage
{
    /// <summary>The name that is printed.</summary>
    public abstract string Name { get; }

    /// <summary>The stage that the run of layer 1 is recorded as; null where the stage writes no run of that layer.</summary>
    public virtual Stage? Fact => null;

    /// <summary>The check that is recorded as an error when the stage cannot do its work.</summary>
    public virtual string FailureCheck => "";

    /// <summary>Does the work. A finding is a result; bad data that keeps the stage from its work is a <see cref="Provenance.KfmException"/>.</summary>
    public abstract Task<StageResult> RunAsync(PipelineRun run, CancellationToken cancellationToken);
}
