using Kfm.Agent.Previews;

namespace Kfm.Agent.Codegen.Commands;

/// <summary>The directories of one run of an agent, all below one that is removed in the end.</summary>
internal sealed class CommandFolders
{
    private CommandFolders(string root)
    {
        Root = root;
        Home = Directory.CreateDirectory(Path.Combine(root, "home")).FullName;
        Input = Directory.CreateDirectory(Path.Combine(root, "input")).FullName;
        Output = Directory.CreateDirectory(Path.Combine(root, "output")).FullName;
    }

    public string Root { get; }

    /// <summary>The agent's home: empty at first.</summary>
    public string Home { get; }

    /// <summary>What the agent is told, as files; it may read them.</summary>
    public string Input { get; }

    /// <summary>Where it may write its session log.</summary>
    public string Output { get; }

    /// <summary>The file that KFM_SESSION_LOG names.</summary>
    public string SessionLog => Path.Combine(Output, "session.log");

    public static CommandFolders Create(string scratch)
    {
        var root = Directory.CreateDirectory(Path.Combine(RealPath.Of(scratch), "kfm-" + Path.GetRandomFileName()[..8])).FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return new CommandFolders(root);
    }

    /// <summary>Writes a file that the agent may read.</summary>
    public string Tell(string name, string text)
    {
        var path = Path.Combine(Input, name);
        File.WriteAllText(path, text);
        return path;
    }
}
