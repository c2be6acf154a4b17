namespace Kfm.Agent.Previews;

/// <summary>A command line of bubblewrap.</summary>
internal static class BubblewrapCommand
{
    private static readonly string[] Walls =
    [
        "--die-with-parent", "--new-session",
        "--unshare-user-try", "--unshare-ipc", "--unshare-pid", "--unshare-uts", "--unshare-cgroup-try", "--hostname", "preview", "--cap-drop", "ALL",
        "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp",
    ];

    // A socket in /run (a container engine's, a bus) would lead out; what the name resolver reads there is let in with the network.
    private static readonly string[] Resolver = ["/run/systemd/resolve", "/run/resolvconf", "/run/NetworkManager"];

    private static readonly string[] Shared = ["/run", "/var/tmp"];

    public static List<string> Wrap(SandboxCommand command, IReadOnlyList<string> line)
    {
        List<string> wrapped = ["bwrap", .. Walls];
        foreach (var folder in Shared.Where(folder => Directory.Exists(folder) && RealPath.Of(folder) == folder))
        {
            wrapped.AddRange(["--tmpfs", folder]);
        }

        if (command.Network)
        {
            foreach (var path in Resolver)
            {
                wrapped.AddRange(["--ro-bind-try", path, path]);
            }
        }
        else
        {
            wrapped.Add("--unshare-net");
        }

        foreach (var mount in SandboxMount.Of(command))
        {
            wrapped.AddRange(Arguments(mount));
        }

        return [.. wrapped, "--chdir", command.WorkingDirectory, "--", .. line];
    }

    private static string[] Arguments(SandboxMount mount) => mount.Kind switch
    {
        SandboxMountKind.ReadOnly => ["--ro-bind", mount.Path, mount.Path],
        SandboxMountKind.Writable => ["--bind", mount.Path, mount.Path],
        _ when Directory.Exists(mount.Path) => ["--tmpfs", mount.Path],
        _ => ["--ro-bind", "/dev/null", mount.Path],
    };
}
