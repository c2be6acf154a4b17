using System.Globalization;

namespace Kfm.Provenance.OpenLineage;

/// <summary>The file transport: events as lines of JSON.</summary>
public static class LineageFile
{
    /// <summary>Writes the whole file at once: a reader sees the old file or the new one, never a part.</summary>
    /// <param name="path">The path of the file; its folder must exist. A file <c>*.partial</c> beside it is used on the way.</param>
    /// <param name="lines">The events, as <see cref="OpenLineageProjection"/> writes them.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> lines)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var partial = path + ".partial";
        try
        {
            using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                file.Write(lines);
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Reads the events of a file's bytes, of any producer.</summary>
    /// <param name="lines">Lines of JSON in UTF-8; blank lines are skipped.</param>
    /// <exception cref="OpenLineageFormatException">A line is not an event; the pointer starts with its number from 0.</exception>
    public static IReadOnlyList<LineageEvent> Parse(ReadOnlySpan<byte> lines)
    {
        var events = new List<LineageEvent>();
        for (var number = 0; !lines.IsEmpty; number++)
        {
            var end = lines.IndexOf((byte)'\n');
            var line = end < 0 ? lines : lines[..end];
            lines = end < 0 ? [] : lines[(end + 1)..];
            if (line.ContainsAnyExcept(" \t\r"u8))
            {
                events.Add(LineageEvent.Parse(line, string.Create(CultureInfo.InvariantCulture, $"/{number}")));
            }
        }

        return events;
    }
}
