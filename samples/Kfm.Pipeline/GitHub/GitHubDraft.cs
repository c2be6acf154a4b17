using System.Globalization;
using Kfm.Agent.PullRequests.GitHub;
using Kfm.Pipeline.Stages;

namespace Kfm.Pipeline.GitHub;

/// <summary>Opens the draft right after the proposal has its commit, so that its number stands in the record.</summary>
internal static class GitHubDraft
{
    /// <summary>What the text of a pull request begins with that Kfm opened; only such a text is written again.</summary>
    public const string Marker = "<!-- kfm:proposal v1 -->";

    /// <summary>Pushes the commit, opens the draft or finds it, and says on the commit that the gate has not decided.</summary>
    /// <returns>The number of the pull request.</returns>
    public static async Task<string> OpenAsync(PipelineRun run, GitHubSession session, string head, CancellationToken cancellationToken)
    {
        if (!session.Options.Repository.MayBe(run.Base.Uri))
        {
            throw new GitHubException("", null, $"the repository is {run.Base.Uri}, and not {session.Options.Repository}.");
        }

        var number = run.Options.PullRequest is { } given ? Number(given) : (await PushAsync(run, session, head, cancellationToken)).Number;
        await session.Client.SetStatusAsync(head, GateStatus.Context, GateStatus.Running.State, GateStatus.Running.Description, cancellationToken);
        return number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The number of a pull request.</summary>
    /// <exception cref="GitHubException">The text is no number.</exception>
    public static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
        ? number
        : throw new GitHubException("", null, "a pull request on GitHub has a number; correct --pull-request.");

    /// <summary>The title of the pull request.</summary>
    public static string Title(string title) => GitHubText.Line("AI proposal: " + title);

    private static async Task<GitHubPullRequest> PushAsync(PipelineRun run, GitHubSession session, string head, CancellationToken cancellationToken)
    {
        var branch = await BranchAsync(run, cancellationToken);
        var remote = await ProposalRemote.OpenAsync(run.Base.Source, session.Request.Remote, cancellationToken);
        var into = session.Request.Into ?? await session.Client.DefaultBranchAsync(cancellationToken);
        await remote.PushAsync(head, branch, session.Options.Token, cancellationToken);
        var body = GitHubText.Body(Marker, $"This is a proposal of an AI agent. Kfm builds, tests and judges `{head}`; what it finds will stand here.\n");
        return await session.Client.OpenDraftAsync(branch, into, Title(run.StructuredIntent().Title), body, cancellationToken);
    }

    // The branch that was named, when one was; else the one that the proposal got.
    private static async Task<string> BranchAsync(PipelineRun run, CancellationToken cancellationToken)
    {
        if (run.Options.Head is { } name)
        {
            var branch = await run.Base.Source.Git.TryRunAsync(["show-ref", "--verify", "--quiet", "refs/heads/" + name], default, cancellationToken);
            if (branch.Succeeded)
            {
                return name;
            }
        }

        return "ai/proposal/" + run.WorkflowRun;
    }
}
