using Kfm.Agent.Git;
using Kfm.Agent.Processes;

namespace Kfm.Pipeline.Stages;

/// <summary>Where a proposal stands when the caller does not say it.</summary>
internal static class BaseRevision
{
    /// <summary>HEAD; for a head that is judged the place where it left HEAD, or its first parent when HEAD holds it.</summary>
    public static async Task<string> DefaultAsync(ProcessRunner processes, RunOptions options, CancellationToken cancellationToken)
    {
        if (options.Head is null)
        {
            return "HEAD";
        }

        var source = await SourceRepository.OpenAsync(processes, options.Repository, cancellationToken);
        var head = await source.ResolveAsync(options.Head, cancellationToken);
        var fork = await source.MergeBaseAsync(await source.ResolveAsync("HEAD", cancellationToken), head, cancellationToken);
        return fork == head ? head + "^" : fork;
    }
}
