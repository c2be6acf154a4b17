using System.CommandLine;
using System.Globalization;
using Kfm.Pipeline.Terminal;
using Kfm.Provenance.JsonSchema;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm validate SCHEMA FILE…</c>: JSON Schema validation. Exit 0 when every document is valid, 2 when one is not, 1 when something cannot be read.</summary>
internal static class ValidateCommand
{
    private const int MostErrors = 20;

    public static Command Create(HostEnvironment host)
    {
        var schema = new Argument<string>("schema") { Description = "A JSON Schema, draft-04 to 2020-12." };
        var files = new Argument<string[]>("file") { Description = "JSON documents; of *.ndjson and *.jsonl every line is one.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("validate", "Validate JSON documents against a schema.") { schema, files };
        VerbAction.Set(command, host, (result, _) =>
        {
            var compiled = CompiledSchema.Compile(File.ReadAllBytes(result.GetValue(schema)!));
            var invalid = 0;
            foreach (var file in result.GetValue(files)!)
            {
                var found = Documents(file).Sum(document => Print(host, compiled, document.Name, document.Bytes) ? 0 : 1);
                invalid += found;
                host.Out.WriteLine(found == 0 ? $"valid    {file}" : $"invalid  {file}");
            }

            return Task.FromResult(invalid == 0 ? ExitCode.Allow : ExitCode.Deny);
        });
        return command;
    }

    private static IEnumerable<(string Name, byte[] Bytes)> Documents(string file) => Path.GetExtension(file) is ".ndjson" or ".jsonl"
        ? File.ReadLines(file).Index().Where(l => l.Item.Length > 0)
            .Select(l => (string.Create(CultureInfo.InvariantCulture, $"{file}:{l.Index + 1}"), System.Text.Encoding.UTF8.GetBytes(l.Item)))
        : [(file, File.ReadAllBytes(file))];

    private static bool Print(HostEnvironment host, CompiledSchema schema, string name, byte[] document)
    {
        var result = schema.Validate(document);
        foreach (var error in result.Errors.Take(MostErrors))
        {
            host.Out.WriteLine($"{name}: {error.InstancePointer} {error.Message}");
        }

        return result.IsValid;
    }
}
