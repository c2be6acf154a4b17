using System.Text;
using Kfm.Agent.Codegen.Commands.Sessions;
using Kfm.Agent.Git;
using Kfm.Agent.Previews;
using Kfm.Agent.Processes;

namespace Kfm.Agent.Codegen.Commands;

/// <summary>Any command-line coding agent as a model: it changes files in a work tree of its own, and the difference is the answer.</summary>
/// <remarks>
/// The agent runs in the sandbox of the previews, in a clone at the base that goes afterwards, with the prompt on standard input and in files
/// (KFM_PROMPT_FILE, KFM_INTENT_FILE, KFM_DESIGN_FILE). What it leaves is read as plain files: nothing of its <c>.git</c> is looked at, and git
/// runs in another clone that it never saw.
/// </remarks>
public sealed class CommandModel : ICodegenModel
{
    private readonly CommandOptions _options;

    /// <summary>Creates a model.</summary>
    /// <param name="options">What runs, on what, and what it may see.</param>
    public CommandModel(CommandOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <summary>Lets the agent change a tree, and gives the difference.</summary>
    /// <param name="request">The request; its prompt is what the agent reads.</param>
    /// <param name="cancellationToken">Ends the agent and all that it started.</param>
    /// <exception cref="CommandAgentException">There is no isolation here, the agent failed or took too long, or what it left is no change or one that is refused.</exception>
    /// <exception cref="GitException">The base cannot be cloned.</exception>
    public async Task<CodegenResponse> CompleteAsync(CodegenRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_options.Sandbox.Isolation == IsolationKind.None)
        {
            throw new CommandAgentException("this machine has no isolation, and an agent never runs without; install bubblewrap");
        }

        var folders = CommandFolders.Create(_options.ScratchRoot);
        try
        {
            return await AnswerAsync(request, folders, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await ForeignDirectory.RemoveAsync(folders.Root, _options.Sandbox.Runner).ConfigureAwait(false);
        }
    }

    private async Task<CodegenResponse> AnswerAsync(CodegenRequest request, CommandFolders folders, CancellationToken cancellationToken)
    {
        var clone = await EphemeralClone.CreateAsync(_options.Source, _options.BaseCommit, folders.Root, cancellationToken).ConfigureAwait(false);
        var run = new CommandRun(_options with { HiddenPaths = [.. _options.HiddenPaths, .. await RepositoryAsync(cancellationToken).ConfigureAwait(false)] }, folders, clone.Directory);
        var version = await run.VersionAsync(cancellationToken).ConfigureAwait(false);
        var result = await run.AgentAsync(request, cancellationToken).ConfigureAwait(false);
        var log = SessionLogFile.Find(_options, folders, clone.Directory, result);
        var patch = await new TreeDiff(_options, folders).ComputeAsync(clone.Directory, cancellationToken).ConfigureAwait(false);
        var session = log?.Facts;
        return new CodegenResponse(patch, session?.ModelVersion ?? session?.Model ?? "not told")
        {
            ToolVersions = Versions(version, session),
            Command = new CommandFacts(
                _options.Command.Tool,
                version,
                _options.Command.ComputeDigest(_options.Known),
                _options.Sandbox.IsolationName,
                _options.Settings.Network),
            Session = session,
            Printed = Printed(result, log),
        };
    }

    // The settings of a repository may hold credentials, and those of a work tree lie elsewhere.
    private async Task<IEnumerable<string>> RepositoryAsync(CancellationToken cancellationToken)
    {
        var folders = await _options.Source.Git.LineAsync(["rev-parse", "--path-format=absolute", "--git-dir", "--git-common-dir"], cancellationToken).ConfigureAwait(false);
        return folders.Split('\n').Append(_options.Source.Directory).Where(f => Path.IsPathRooted(f) && f != "/");
    }

    private Dictionary<string, string> Versions(string? version, SessionFacts? session)
    {
        var versions = new Dictionary<string, string>(StringComparer.Ordinal);
        if ((version ?? session?.ToolVersion) is { } known)
        {
            versions[_options.Command.Tool] = known;
        }

        return versions;
    }

    private static List<PrintedText> Printed(ProcessResult result, SessionLogFile? log)
    {
        List<PrintedText> printed = [new("standard output", result.OutputText), new("standard error", result.ErrorText)];
        if (log is { FromOutput: false })
        {
            printed.Add(new PrintedText("session log", Encoding.UTF8.GetString(log.Bytes.Span)));
        }

        return printed;
    }
}
