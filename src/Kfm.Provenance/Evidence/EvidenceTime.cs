using System.Globalization;

namespace Kfm.Provenance.Evidence;

/// <summary>Times of the record: UTC, whole milliseconds, written <c>yyyy-MM-ddTHH:mm:ss.fffZ</c> (a profile of RFC 3339).</summary>
public static class EvidenceTime
{
    private const string Pattern = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>Cuts a time to the whole millisecond at or before it, in UTC.</summary>
    /// <param name="time">Any time.</param>
    public static DateTimeOffset Truncate(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);

    /// <summary>Whether a time has no part below the millisecond.</summary>
    /// <param name="time">Any time.</param>
    public static bool IsWhole(DateTimeOffset time) => time.UtcTicks % TimeSpan.TicksPerMillisecond == 0;

    /// <summary>Writes a time.</summary>
    /// <param name="time">A time of whole milliseconds, in any offset.</param>
    /// <exception cref="ArgumentException">The time has a part below the millisecond.</exception>
    public static string Format(DateTimeOffset time) => IsWhole(time)
        ? time.UtcDateTime.ToString(Pattern, CultureInfo.InvariantCulture)
        : throw new ArgumentException("The time has a part below the millisecond; cut it with EvidenceTime.Truncate.", nameof(time));

    /// <summary>Reads a time in exactly the form that <see cref="Format"/> writes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="time">The time, in UTC.</param>
    /// <returns>Whether the text is one.</returns>
    public static bool TryParse(string? text, out DateTimeOffset time)
    {
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text, Pattern, CultureInfo.InvariantCulture, Styles, out time);
    }
}
