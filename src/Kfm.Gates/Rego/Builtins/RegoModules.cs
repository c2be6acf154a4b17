using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>rego.parse_module: a module of Rego v1 as the JSON of OPA's syntax tree, without its annotations.</summary>
internal static class RegoModules
{
    private const string Name = "rego.parse_module";

    internal static void Register(Action<string, int, Builtin> add) => add(Name, 2, Parse);

    private static RegoObject Parse(BuiltinContext context, RegoValue[] a)
    {
        var file = Operand.Text(Name, a, 0);
        var source = Operand.Text(Name, a, 1);
        context.CheckSize(source.Length);
        try
        {
            return SyntaxJson.Of(Parser.ParseModule(file, source, v0: false));
        }
        catch (RegoSyntaxException e)
        {
            var count = e.Errors.Count == 1 ? "1 error" : $"{e.Errors.Count} errors";
            var text = e.Errors.Count == 1 ? $" {e.Errors[0]}" : string.Concat(e.Errors.Select(static o => $"\n{o}"));
            throw BuiltinException.Failed(Name, $"{count} occurred:{text}");
        }
    }
}
