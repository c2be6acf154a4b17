using System.Reflection;

namespace Kfm.Agent.Previews;

/// <summary>A command line of unshare, with a script that makes the same walls as bubblewrap.</summary>
internal static class NamespaceCommand
{
    private static readonly Lazy<string> Script = new(() =>
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Kfm.Agent.Previews.namespaces.sh")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });

    public static List<string> Wrap(SandboxCommand command, IReadOnlyList<string> line)
    {
        List<string> wrapped =
        [
            "setpriv", "--pdeathsig", "KILL",
            "unshare", "--user", "--map-root-user", "--mount", "--pid", "--fork", "--kill-child=KILL", "--mount-proc", "--ipc", "--uts",
        ];
        if (!command.Network)
        {
            wrapped.Add("--net");
        }

        wrapped.AddRange(["--", "/bin/sh", "-c", Script.Value, "sh", command.WorkingDirectory]);
        wrapped.AddRange(SandboxMount.Of(command).Select(mount => Letter(mount.Kind) + mount.Path));
        return [.. wrapped, "--", .. line];
    }

    private static string Letter(SandboxMountKind kind) => kind switch
    {
        SandboxMountKind.ReadOnly => "r",
        SandboxMountKind.Writable => "w",
        _ => "h",
    };
}
