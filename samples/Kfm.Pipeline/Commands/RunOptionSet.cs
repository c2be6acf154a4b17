using System.CommandLine;
using Kfm.Pipeline.GitHub;
using Kfm.Pipeline.Stages;

namespace Kfm.Pipeline.Commands;

/// <summary>The options that <c>run</c> and the stages share.</summary>
internal sealed class RunOptionSet
{
    private readonly Option<string> _repo = new("--repo") { Description = "The git repository.", Required = true };
    private readonly Option<string> _out = new("--out") { Description = "The bundle directory.", Required = true };
    private readonly Option<string?> _base = new("--base") { Description = "The commit that the proposal stands on. Default: HEAD, or the head's first parent." };
    private readonly Option<string?> _head = new("--head") { Description = "Judge this branch or commit." };
    private readonly Option<string?> _patch = new("--patch") { Description = "Judge this patch file." };
    private readonly Option<string?> _replay = new("--replay") { Description = "Let the agent answer from this file of recordings." };
    private readonly Option<string[]> _agentCommand = AgentCommandLine.Option();
    private readonly Option<string?> _model = new("--model") { Description = "Ask these chat models of kfm.json in turn: NAME[,NAME…]." };
    private readonly Option<string[]> _modelEndpoint = new("--model-endpoint") { Description = "Where a model is reached: NAME=URL. Default: its provider's own address." };
    private readonly Option<string?> _record = new("--record") { Description = "Keep the answers of --model in this file, for --replay, and ask nothing that it answers." };
    private readonly Option<string> _intent = new("--intent") { Description = "The intent: a file, or the text itself.", Required = true };
    private readonly Option<string?> _author = new("--author") { Description = "The author of the intent, person:… (overrides the file)." };
    private readonly Option<string[]> _designReview = new("--design-review") { Description = "A signed review of the design; several for several people.", DefaultValueFactory = _ => [] };
    private readonly Option<string?> _runId = new("--run-id") { Description = "The id of the workflow run. Default: derived from the clock." };
    private readonly Option<int> _attempt = new("--attempt") { Description = "The attempt of the workflow run.", DefaultValueFactory = _ => 1 };
    private readonly Option<string?> _pullRequest = new("--pull-request") { Description = "The number of the pull request." };
    private readonly Option<string?> _ledger = new("--ledger") { Description = "The ledger file. Default: the user's own for this repository." };
    private readonly Option<string?> _key = new("--key") { Description = "The private key that signs. Default: the user's own, made on first use." };
    private readonly Option<string?> _logKey = new("--log-key") { Description = "The private key of the ledger. Default: the user's own, made on first use." };
    private readonly GitHubOptionSet _gitHub = new();
    private readonly Option<bool> _json = new("--json") { Description = "Print the result as one JSON object." };

    /// <summary>Options of a command that makes the proposal.</summary>
    public IEnumerable<Option> Proposal => [_repo, _base, _head, _patch, _replay, _agentCommand, _model, _modelEndpoint, _record, _intent, _author, _designReview, _out, _runId, _attempt, _pullRequest];

    /// <summary>Options of a command that works on the bundle with the repository at hand.</summary>
    public IEnumerable<Option> Work => [_repo, _out];

    /// <summary>The signing key, the ledger and its key: what a stage uses, or what it hides from the commands of a repository.</summary>
    public IEnumerable<Option> Keys => [_ledger, _key, _logKey];

    /// <summary>The pull request on GitHub, for a command that opens it or writes to it.</summary>
    public IEnumerable<Option> GitHub => _gitHub.Opening;

    /// <summary>Options of every command.</summary>
    public IEnumerable<Option> Output => [_json];

    /// <summary>Options of a command that works on the bundle alone; it takes a repository and does not need one.</summary>
    public IEnumerable<Option> Bundle()
    {
        _repo.Required = false;
        return [_repo, _out];
    }

    /// <summary>Adds options, and the check that one source of the proposal is named where the command makes it.</summary>
    public void AddTo(Command command, params IEnumerable<Option>[] groups)
    {
        var options = groups.SelectMany(g => g).ToArray();
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        if (options.Contains(_intent))
        {
            command.Validators.Add(result =>
            {
                var given = new Option[] { _head, _patch, _replay, _agentCommand, _model }.Count(o => result.GetResult(o) is not null);
                if (given != 1)
                {
                    result.AddError("Name one of --head, --patch, --replay, --agent-command and --model.");
                }

                if (result.GetResult(_model) is null && (result.GetResult(_modelEndpoint) ?? result.GetResult(_record)) is not null)
                {
                    result.AddError("--model-endpoint and --record go with --model.");
                }
            });
        }
    }

    /// <summary>The values on a command line.</summary>
    public RunOptions Read(ParseResult result)
    {
        var present = result.CommandResult.Command.Options;
        T? Value<T>(Option<T> option) => present.Contains(option) ? result.GetValue(option) : default;
        return new RunOptions
        {
            Repository = Value(_repo) ?? "",
            Out = Value(_out) ?? "",
            Base = Value(_base),
            Head = Value(_head),
            PatchFile = Value(_patch),
            ReplayFile = Value(_replay),
            AgentCommand = Value(_agentCommand) ?? [],
            Models = Value(_model),
            ModelEndpoints = Value(_modelEndpoint) ?? [],
            RecordFile = Value(_record),
            Intent = Value(_intent),
            Author = Value(_author),
            DesignReviews = Value(_designReview) ?? [],
            RunId = Value(_runId),
            Attempt = Math.Max(1, Value(_attempt)),
            PullRequest = Value(_pullRequest),
            GitHub = _gitHub.Read(result),
            Ledger = Value(_ledger),
            Key = Value(_key),
            LogKey = Value(_logKey),
            Json = Value(_json),
        };
    }
}
