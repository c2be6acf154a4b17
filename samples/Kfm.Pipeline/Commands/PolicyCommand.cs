using System.CommandLine;
using Kfm.Gates.Rego;
using Kfm.Pipeline.Terminal;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm policy eval|test</c>, with the options, outputs and exit codes of <c>opa eval</c> and <c>opa test</c>.</summary>
internal static class PolicyCommand
{
    public static Command Create(HostEnvironment host)
    {
        var command = new Command("policy", "Evaluate and test policies.");
        command.Subcommands.Add(Eval(host));
        command.Subcommands.Add(Test(host));
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
        var command = new Command("eval", "Evaluate a query.") { query, data, input, stdin, format, fail, failDefined };
        VerbAction.Set(command, host, OpaEvalOutput.ErrorExitCode, (result, token) =>
        {
            var request = new PolicyQuery(result.GetValue(query)!, result.GetValue(format)!)
            {
                Data = result.GetValue(data) ?? [],
                Input = Input(result.GetValue(input), result.GetValue(stdin), host),
            };
            return Task.FromResult(request.Run(host, result.GetValue(fail), result.GetValue(failDefined), token));
        });
        return command;
    }

    private static Command Test(HostEnvironment host)
    {
        var paths = new Argument<string[]>("paths") { Description = "Policy and data files or directories. Default: the policies that Kfm ships.", Arity = ArgumentArity.ZeroOrMore };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Show the tests that passed too." };
        var format = new Option<string>("--format", "-f") { Description = "pretty or json.", DefaultValueFactory = _ => "pretty" };
        format.AcceptOnlyFromAmong("pretty", "json");
        var command = new Command("test", "Run the tests of policies.") { paths, verbose, format };
        VerbAction.Set(command, host, OpaTestOutput.LoadErrorExitCode, (result, token) =>
        {
            var files = PolicyFiles.Load(result.GetValue(paths) ?? []);
            var options = new EvaluateOptions { Data = files.Data, Clock = host.Time, CancellationToken = token };
            var results = PolicyTestRunner.Run(RegoEngine.Compile(files.Modules), options);
            host.Out.Write(result.GetValue(format) == "json" ? OpaTestOutput.Json(results) : OpaTestOutput.Pretty(results, result.GetValue(verbose)));
            return Task.FromResult(OpaTestOutput.ExitCode(results));
        });
        return command;
    }

    private static RegoValue? Input(string? path, bool stdin, HostEnvironment host) =>
        stdin ? RegoValue.Parse(System.Text.Encoding.UTF8.GetBytes(host.Input.ReadToEnd()))
        : path is null ? null
        : RegoValue.Parse(File.ReadAllBytes(path));
}
