namespace Kfm.Provenance.Packaging;

/// <summary>Times of MS-DOS, as zip headers hold them: from 1980 to 2107, in steps of two seconds, without a zone.</summary>
internal static class DosTime
{
    public const int FirstYear = 1980;
    public const int LastYear = 2107;

    /// <summary>The time; null for fields that are not a time.</summary>
    public static DateTime? Read(uint value)
    {
        var (date, time) = (value >> 16, value & 0xFFFF);
        var (year, month, day) = ((int)(FirstYear + (date >> 9)), (int)(date >> 5 & 15), (int)(date & 31));
        var (hour, minute, second) = ((int)(time >> 11), (int)(time >> 5 & 63), (int)(time & 31) * 2);
        return month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) && hour < 24 && minute < 60 && second < 60
            ? new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified)
            : null;
    }

    /// <summary>The field of a time in UTC; years before 1980 and after 2107 become those.</summary>
    public static uint Write(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        utc = utc.Year < FirstYear ? new DateTime(FirstYear, 1, 1, 0, 0, 0, DateTimeKind.Utc)
            : utc.Year > LastYear ? new DateTime(LastYear, 12, 31, 23, 59, 58, DateTimeKind.Utc) : utc;
        var date = (utc.Year - FirstYear) << 9 | utc.Month << 5 | utc.Day;
        return (uint)(date << 16 | utc.Hour << 11 | utc.Minute << 5 | utc.Second / 2);
    }
}
