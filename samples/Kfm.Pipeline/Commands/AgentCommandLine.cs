using System.CommandLine;

namespace Kfm.Pipeline.Commands;

/// <summary><c>--agent-command CMD…</c>: all that follows is the command line of the agent, with its own options, so it stands last.</summary>
internal static class AgentCommandLine
{
    private const string Name = "--agent-command";

    // No argument of a process holds this character.
    private const char Between = '\0';

    /// <summary>The option; its one value is the command line as <see cref="Join"/> writes it.</summary>
    public static Option<string[]> Option() => new(Name)
    {
        Description = "Let this command change a work tree of its own. It stands last: all that follows belongs to it.",
        HelpName = "CMD…",
        CustomParser = result => result.Tokens.Count == 1 ? result.Tokens[0].Value.Split(Between) : [],
    };

    /// <summary>Makes one value of all that follows the option, so that nobody takes an option of the agent for one of ours.</summary>
    public static IReadOnlyList<string> Join(IReadOnlyList<string> args)
    {
        var at = args.TakeWhile(a => a != Name && a != "--").Count();
        return at >= args.Count - 1 || args[at] != Name ? args : [.. args.Take(at + 1), string.Join(Between, args.Skip(at + 1))];
    }
}
