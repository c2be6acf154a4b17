using System.CommandLine;
using Kfm.Gates.Rego;
using Kfm.Pipeline.Terminal;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm policy eval|test|check|fmt|bench|explain|packs</c>, with the options, outputs and exit codes of <c>opa eval</c> and <c>opa test</c>.</summary>
internal static class PolicyCommand
{
    /// <summary>The command with the verb that is named, or with all.</summary>
    public static Command Create(HostEnvironment host, string verb)
    {
        var command = new Command("policy", "Evaluate, test, check and format policies; show the packs that hold.");
        command.Subcommands.Add(Eval(host));
        if (verb == "eval")
        {
            return command;
        }

        command.Subcommands.Add(PolicyTestCommand.Create(host));
        command.Subcommands.Add(PolicyCheckCommand.Create(host));
        command.Subcommands.Add(PolicyFormatCommand.Create(host));
        command.Subcommands.Add(PolicyBenchCommand.Create(host));
        command.Subcommands.Add(PolicyExplainCommand.Create(host));
        command.Subcommands.Add(PolicyPacksCommand.Create(host));
        return command;
    }

    private static Command Eval(HostEnvironment host)
    {
        var query = new Argument<string>("query") { Description = "The query, for example data.kfm.allow." };
        var data = new Option<string[]>("--data", "-d") { Description = "Policy and data files or directories. Default: the policies that Kfm ships." };
        var input = new Option<string?>("--input", "-i") { Description = "The input file." };
        var stdin = new Option<bool>("--stdin-input", "-I") { Description = "Read the input from standard input." };
        var format = new Option<string>("--format", "-f") { Description = "json, pretty or raw.", DefaultValueFactory = _ => "json" };
        format.AcceptOnlyFromAmong("json", "pretty", "raw");
        var fail = new Option<bool>("--fail") { Description = "Exit 1 when the result is undefined or empty." };
        var failDefined = new Option<bool>("--fail-defined") { Description = "Exit 1 when the result is defined and not empty." };
        var explain = new Option<bool>("--explain") { Description = "Tell which rule bodies fired and which expressions failed." };
        var profile = new Option<bool>("--profile") { Description = "Tell how often each rule body was evaluated." };
        var source = new PolicySourceOptions();
        var command = new Command("eval", "Evaluate a query.") { query, data, input, stdin, format, fail, failDefined, explain, profile };
        source.AddTo(command);
        VerbAction.Set(command, host, OpaEvalOutput.ErrorExitCode, (result, token) =>
        {
            var request = new PolicyQuery(result.GetValue(query)!, result.GetValue(format)!)
            {
                Data = result.GetValue(data) ?? [],
                Input = Input(result.GetValue(input), result.GetValue(stdin), host),
                Source = source,
                Explain = result.GetValue(explain),
                Profile = result.GetValue(profile),
            };
            return Task.FromResult(request.Run(host, result, result.GetValue(fail), result.GetValue(failDefined), token));
        });
        return command;
    }

    internal static RegoValue? Input(string? path, bool stdin, HostEnvironment host) =>
        stdin ? RegoValue.Parse(System.Text.Encoding.UTF8.GetBytes(host.Input.ReadToEnd()))
        : path is null ? null
        : RegoValue.Parse(File.ReadAllBytes(path));
}
