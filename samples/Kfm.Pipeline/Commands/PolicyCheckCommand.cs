using System.CommandLine;
using Kfm.Gates.Rego;
using Kfm.Pipeline.Terminal;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm policy check</c>: as <c>opa check</c>. Exit 0 when all policies compile, 1 when not.</summary>
internal static class PolicyCheckCommand
{
    public static Command Create(HostEnvironment host)
    {
        var paths = new Argument<string[]>("paths") { Description = "Policy files or directories. Default: the policies that Kfm ships.", Arity = ArgumentArity.ZeroOrMore };
        var format = new Option<string>("--format", "-f") { Description = "pretty or json.", DefaultValueFactory = _ => "pretty" };
        format.AcceptOnlyFromAmong("pretty", "json");
        var source = new PolicySourceOptions();
        var command = new Command("check", "Parse, compile and type check policies.") { paths, format };
        source.AddTo(command);
        VerbAction.Set(command, host, 1, (result, _) =>
        {
            try
            {
                RegoEngine.Compile(source.Load(result, result.GetValue(paths) ?? []).Modules, source.Compile(result));
                return Task.FromResult(0);
            }
            catch (RegoCompileException e)
            {
                var json = result.GetValue(format) == "json";
                (json ? host.Out : host.Error).Write(json ? OpaEvalOutput.Json(e.Errors) : OpaEvalOutput.Pretty(e.Errors));
                return Task.FromResult(1);
            }
        });
        return command;
    }
}
