using System.Globalization;

namespace Kfm.Agent.Telemetry;

/// <summary>The processor time that this process and its ended children have used.</summary>
public static class ProcessorTime
{
    // USER_HZ of Linux: proc(5) gives times in these ticks, whatever the kernel's own frequency is.
    private const int TicksPerSecond = 100;
    private const int LargestFile = 4096;
    private const string StatFile = "/proc/self/stat";

    // proc(5): utime is field 14, stime 15, cutime 16, cstime 17; the name of the process, field 2, may hold blanks and parentheses.
    private const int FirstTimeAfterName = 11;

    /// <summary>Reads the time from <c>/proc/self/stat</c>, in steps of 10 ms: user and system time, own and of the children that were waited for.</summary>
    /// <returns>The time, or null where the system does not tell it.</returns>
    public static TimeSpan? Read()
    {
        try
        {
            using var stream = File.OpenRead(StatFile);
            Span<byte> buffer = stackalloc byte[LargestFile];
            var length = stream.ReadAtLeast(buffer, LargestFile, throwOnEndOfStream: false);
            return Parse(System.Text.Encoding.Latin1.GetString(buffer[..length]));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The time that a line of <c>/proc/PID/stat</c> tells, or null when the line has another form.</summary>
    /// <param name="line">The line.</param>
    public static TimeSpan? Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var fields = line[(line.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < FirstTimeAfterName + 4)
        {
            return null;
        }

        var ticks = 0L;
        foreach (var field in fields.AsSpan(FirstTimeAfterName, 4))
        {
            if (!long.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var part) || part > long.MaxValue / TimeSpan.TicksPerSecond)
            {
                return null;
            }

            ticks += part;
        }

        return TimeSpan.FromTicks(ticks * (TimeSpan.TicksPerSecond / TicksPerSecond));
    }
}
