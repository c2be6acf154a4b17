using Kfm.Agent.Codegen.Commands.Sessions;
using Kfm.Agent.Previews;
using Kfm.Agent.Processes;
using Kfm.Provenance.Manifests;

namespace Kfm.Agent.Codegen.Commands;

/// <summary>The session log that an agent left, and what it tells.</summary>
/// <param name="Bytes">The log; empty when it could not be read.</param>
/// <param name="FromOutput">Whether it is the agent's standard output.</param>
/// <param name="Facts">What it tells.</param>
internal sealed record SessionLogFile(ReadOnlyMemory<byte> Bytes, bool FromOutput, SessionFacts Facts)
{
    private const int MostFiles = 64;

    /// <summary>Finds the log: where kfm.json says, else the file of KFM_SESSION_LOG, else standard output where that is JSON.</summary>
    /// <returns>The log; null when the agent wrote none.</returns>
    public static SessionLogFile? Find(CommandOptions options, CommandFolders folders, string tree, ProcessResult result)
    {
        if (options.Settings.Log is not null)
        {
            var root = options.Settings.LogInHome ? folders.Home : tree;
            var files = ArtifactCollector.Find(root, [options.Settings.Log]);
            return files.Count == 0 ? null : Read([.. files.Select(f => Path.Combine(root, f))], options.Limits.LogBytes);
        }

        if (Path.Exists(folders.SessionLog))
        {
            return Read([folders.SessionLog], options.Limits.LogBytes);
        }

        var output = result.Output.Span.TrimStart(" \t\r\n"u8);
        return output.StartsWith("{"u8) || output.StartsWith("["u8) ? OfOutput(result) : null;
    }

    private static SessionLogFile OfOutput(ProcessResult result) => result.Truncated
        ? NotRead("standard output is longer than what is kept of it", fromOutput: true)
        : new SessionLogFile(result.Output, true, SessionLog.Read(result.Output));

    /// <summary>Reads files one after the other, as one log: an agent may write one for each session.</summary>
    private static SessionLogFile Read(string[] files, int limit)
    {
        if (files.Length > MostFiles)
        {
            return NotRead(FormattableString.Invariant($"it has more than {MostFiles} files"), fromOutput: false);
        }

        try
        {
            using var log = new MemoryStream();
            foreach (var file in files)
            {
                log.Write(RegularFile.Read(file, limit - log.Length));
            }

            return new SessionLogFile(log.ToArray(), false, SessionLog.Read(log.ToArray()));
        }
        catch (Exception e) when (e is RegularFileException or IOException or UnauthorizedAccessException)
        {
            return NotRead(FormattableString.Invariant($"it is no regular file of at most {limit} bytes"), fromOutput: false);
        }
    }

    private static SessionLogFile NotRead(string reason, bool fromOutput) =>
        new(default, fromOutput, new SessionFacts { Format = "unknown", NotRead = reason });
}
