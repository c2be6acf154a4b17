using System.CommandLine;
using Kfm.Gates.Rego;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Terminal;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm policy fmt</c>: as <c>opa fmt</c>; without paths from standard input to standard output.</summary>
internal static class PolicyFormatCommand
{
    public static Command Create(HostEnvironment host)
    {
        var paths = new Argument<string[]>("paths") { Description = "Policy files or directories. Default: standard input.", Arity = ArgumentArity.ZeroOrMore };
        var write = new Option<bool>("--write", "-w") { Description = "Overwrite the files." };
        var list = new Option<bool>("--list", "-l") { Description = "List the files that would change." };
        var fail = new Option<bool>("--fail") { Description = "Exit 1 when a file would change." };
        var v0 = new Option<bool>("--v0-compatible") { Description = "Read Rego v0." };
        var command = new Command("fmt", "Lay policies out.") { paths, write, list, fail, v0 };
        VerbAction.Set(command, host, 1, (result, _) =>
        {
            var names = result.GetValue(paths) ?? [];
            var v0Value = result.GetValue(v0);
            if (names.Length == 0)
            {
                host.Out.Write(RegoFormatter.Format(new RegoModule("<stdin>", host.Input.ReadToEnd()), v0Value));
                return Task.FromResult(0);
            }

            var changed = false;
            foreach (var file in names.SelectMany(Files))
            {
                var source = File.ReadAllText(file);
                var text = RegoFormatter.Format(new RegoModule(file, source), v0Value);
                changed |= text != source;
                Show(host, file, text, text != source, result.GetValue(list), result.GetValue(write));
            }

            return Task.FromResult(changed && result.GetValue(fail) ? 1 : 0);
        });
        return command;
    }

    private static void Show(HostEnvironment host, string file, string text, bool differs, bool list, bool write)
    {
        if (list && differs)
        {
            host.Out.WriteLine(file);
        }

        if (write && differs)
        {
            File.WriteAllText(file, text);
        }

        if (!list && !write)
        {
            host.Out.Write(text);
        }
    }

    private static IEnumerable<string> Files(string path) => File.Exists(path) ? [path]
        : Directory.Exists(path) ? DirectoryTree.Files(path).Where(f => f.EndsWith(".rego", StringComparison.Ordinal)).Select(f => Path.Combine(path, f))
        : throw new BundleException($"there is no policy at '{path}'.");
}
