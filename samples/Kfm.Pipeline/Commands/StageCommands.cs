using System.CommandLine;
using Kfm.Pipeline.Stages;
using Kfm.Pipeline.Terminal;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm propose</c>, <c>preview</c>, <c>qa</c>, <c>provenance</c>, <c>gate</c>, <c>pr</c>: one stage each, as jobs of a workflow run them.</summary>
/// <remarks>All take the same options for repository, bundle, keys, ledger and GitHub, so that a workflow can name them once.</remarks>
internal static class StageCommands
{
    public static IEnumerable<Command> Create(HostEnvironment host)
    {
        yield return Stage(host, "propose", "Make the proposal: intent, design, agent, patch.", StageSet.Propose, o => [o.Proposal, o.Keys, o.GitHub]);
        yield return Stage(host, "preview", "Build the proposal twice and compare.", StageSet.Preview, o => [o.Work, o.Keys, o.GitHub]);
        yield return Stage(host, "qa", "Test, lint, validate and scan the proposal.", StageSet.Qa, o => [o.Work, o.Keys, o.GitHub]);
        yield return Stage(host, "provenance", "Freeze the evidence and write the documents made from it.", StageSet.Provenance, o => [o.Bundle(), o.Keys, o.GitHub]);
        yield return Stage(host, "gate", "Let the policies of the base decide.", StageSet.Gate, o => [o.Work, o.Keys, o.GitHub]);
        yield return Stage(host, "pr", "Write the pull request, seal the bundle, append to the ledger.", StageSet.PullRequest, o => [o.Bundle(), o.Keys, o.GitHub]);
    }

    private static Command Stage(
        HostEnvironment host,
        string name,
        string description,
        Func<IEnumerable<PipelineStage>> stages,
        Func<RunOptionSet, IEnumerable<Option>[]> groups)
    {
        var command = new Command(name, description);
        var options = new RunOptionSet();
        options.AddTo(command, [.. groups(options), options.Output]);
        VerbAction.Set(command, host, (result, token) => new PipelineHost(host, options.Read(result)).RunAsync(name, stages(), token));
        return command;
    }
}
