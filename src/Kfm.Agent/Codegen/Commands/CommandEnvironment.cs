using System.Globalization;

namespace Kfm.Agent.Codegen.Commands;

/// <summary>The environment of an agent: what kfm.json allows of the host's, then what Kfm sets, which wins.</summary>
internal static class CommandEnvironment
{
    // Commits are made without asking; git in the clone has no settings of the host.
    private static readonly (string Name, string Value)[] Fixed =
    [
        ("CI", "true"), ("LANG", "C.UTF-8"), ("LC_ALL", "C.UTF-8"), ("TZ", "UTC"), ("NO_COLOR", "1"), ("TERM", "dumb"),
        ("GIT_AUTHOR_NAME", "Agent"), ("GIT_AUTHOR_EMAIL", "agent@localhost"), ("GIT_COMMITTER_NAME", "Agent"), ("GIT_COMMITTER_EMAIL", "agent@localhost"),
        ("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_TERMINAL_PROMPT", "0"), ("GIT_PAGER", "cat"),
    ];

    /// <summary>What the program sees that prints a version: nothing of the host but PATH.</summary>
    public static Dictionary<string, string> Bare(CommandOptions options, CommandFolders folders)
    {
        var environment = Fixed.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);
        environment["HOME"] = folders.Home;
        if (options.HostEnvironment.TryGetValue("PATH", out var path))
        {
            environment["PATH"] = path;
        }

        return environment;
    }

    /// <summary>What the agent sees.</summary>
    public static Dictionary<string, string> Full(CommandOptions options, CommandFolders folders, CodegenRequest request)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in options.Settings.Environment)
        {
            if (options.HostEnvironment.TryGetValue(name, out var value))
            {
                environment[name] = value;
            }
        }

        foreach (var (name, value) in Bare(options, folders))
        {
            environment[name] = value;
        }

        environment["KFM_INTENT_FILE"] = folders.Tell("intent.json", options.Intent);
        environment["KFM_DESIGN_FILE"] = folders.Tell("design.md", options.Design);
        environment["KFM_PROMPT_FILE"] = folders.Tell("prompt.md", request.Prompt);
        environment["KFM_SESSION_LOG"] = folders.SessionLog;
        environment["KFM_SEED"] = request.Seed.ToString(CultureInfo.InvariantCulture);
        return environment;
    }
}
