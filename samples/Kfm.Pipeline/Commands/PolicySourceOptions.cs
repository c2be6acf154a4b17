using System.CommandLine;
using Kfm.Gates.Rego;
using Kfm.Pipeline.Bundles;

namespace Kfm.Pipeline.Commands;

/// <summary>Options that say how policies are read: language version, strict mode, schemas, bundles.</summary>
internal sealed class PolicySourceOptions
{
    private readonly Option<bool> _v0 = new("--v0-compatible") { Description = "Read Rego v0." };
    private readonly Option<bool> _strict = new("--strict", "-S") { Description = "Unused variables, arguments and imports are errors." };
    private readonly Option<string?> _schema = new("--schema", "-s") { Description = "A JSON schema of the input, or a directory of schemas that annotations name." };
    private readonly Option<string[]> _bundles = new("--bundle", "-b") { Description = "Bundles: directories or tar.gz files." };

    public void AddTo(Command command)
    {
        command.Options.Add(_v0);
        command.Options.Add(_strict);
        command.Options.Add(_schema);
        command.Options.Add(_bundles);
    }

    public bool V0(ParseResult result) => result.GetValue(_v0);

    /// <summary>The files that are named; without any the policies that Kfm ships.</summary>
    public PolicyFiles Load(ParseResult result, IReadOnlyList<string> paths) => PolicyFiles.Load(paths, result.GetValue(_bundles) ?? []);

    public RegoOptions Compile(ParseResult result) =>
        new() { V0 = result.GetValue(_v0), Strict = result.GetValue(_strict), Schemas = Schemas(result.GetValue(_schema)) };

    private static Dictionary<string, RegoValue> Schemas(string? path)
    {
        var schemas = new Dictionary<string, RegoValue>(StringComparer.Ordinal);
        if (path is null)
        {
            return schemas;
        }

        if (!Directory.Exists(path))
        {
            schemas["schema"] = RegoValue.Parse(File.ReadAllBytes(path));
            return schemas;
        }

        foreach (var file in DirectoryTree.Files(path).Where(f => f.EndsWith(".json", StringComparison.Ordinal)))
        {
            schemas["schema." + file[..^".json".Length].Replace('/', '.')] = RegoValue.Parse(File.ReadAllBytes(Path.Combine(path, file)));
        }

        return schemas;
    }
}
