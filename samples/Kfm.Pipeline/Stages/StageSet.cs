namespace Kfm.Pipeline.Stages;

/// <summary>The stages of each verb.</summary>
internal static class StageSet
{
    public static IEnumerable<PipelineStage> Propose() => [new IntentStage(), new DesignStage(), new AgentStage(), new PatchStage()];

    public static IEnumerable<PipelineStage> Preview() => [new PreviewStage()];

    public static IEnumerable<PipelineStage> Qa() => [new QaStage()];

    public static IEnumerable<PipelineStage> Provenance() => [new ProvenanceStage()];

    public static IEnumerable<PipelineStage> Gate() => [new GateStage()];

    public static IEnumerable<PipelineStage> PullRequest() => [new PullRequestStage()];

    public static IEnumerable<PipelineStage> All() => [.. Propose(), .. Preview(), .. Qa(), .. Provenance(), .. Gate(), .. PullRequest()];
}
