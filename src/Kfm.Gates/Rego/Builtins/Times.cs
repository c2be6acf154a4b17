using System.Globalization;
using System.Numerics;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>time.*: nanoseconds since 1970 as 64-bit integers. Zones are those of the machine's IANA data; an empty name is UTC.</summary>
internal static class Times
{
    private const long NanosPerSecond = 1_000_000_000;

    internal static void Register(Action<string, int, Builtin> add)
    {
        add("time.parse_rfc3339_ns", 1, static (_, a) => Parse(Operand.Text("time.parse_rfc3339_ns", a, 0)));
        add("time.parse_ns", 2, static (_, a) => ParseByLayout(Operand.Text("time.parse_ns", a, 0), Operand.Text("time.parse_ns", a, 1)));
        add("time.date", 1, static (_, a) => Local("time.date", a) is var (t, _) ? Numbers(t.Year, t.Month, t.Day) : null);
        add("time.clock", 1, static (_, a) => Local("time.clock", a) is var (t, _) ? Numbers(t.Hour, t.Minute, t.Second) : null);
        add("time.weekday", 1, static (_, a) => new RegoString(Local("time.weekday", a).Time.DayOfWeek.ToString()));
        add("time.add_date", 4, AddDate);
        add("time.diff", 2, Diff);
        add("time.format", 1, Format);
        add("time.parse_duration_ns", 1, static (_, a) => GoDuration.Parse(Operand.Text("time.parse_duration_ns", a, 0)));
    }

    private static RegoArray Numbers(params int[] parts) => new([.. parts.Select(p => RegoNumber.Of(p))]);

    private static RegoNumber Parse(string text)
    {
        const string name = "time.parse_rfc3339_ns";
        if (text.Length < 20 || text[10] is not ('T' or 't') || text.AsSpan(19).Contains(' '))
        {
            throw BuiltinException.Failed(name, $"parsing time {GoQuote.Quote(text)} as \"2006-01-02T15:04:05Z07:00\": cannot parse");
        }

        // The fraction has more digits than .NET's ticks, so that it is read apart.
        var end = 19;
        var nanos = 0L;
        if (text[end] == '.')
        {
            var digits = 0;
            for (end++; end < text.Length && char.IsAsciiDigit(text[end]); end++)
            {
                nanos = digits++ < 9 ? (nanos * 10) + (text[end] - '0') : nanos;
            }

            nanos *= (long)Math.Pow(10, Math.Max(0, 9 - digits));
        }

        if (!DateTimeOffset.TryParseExact(
            text[..19].ToUpperInvariant() + text[end..].ToUpperInvariant(), "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            throw BuiltinException.Failed(name, $"parsing time {GoQuote.Quote(text)} as \"2006-01-02T15:04:05Z07:00\": cannot parse");
        }

        return InRange(name, ((BigInteger)time.ToUnixTimeSeconds() * NanosPerSecond) + nanos);
    }

    private static RegoNumber ParseByLayout(string layout, string text) => GoTimeReader.Read(layout, text) is { } nanos
        ? InRange("time.parse_ns", nanos)
        : throw BuiltinException.Failed("time.parse_ns", $"parsing time {GoQuote.Quote(text)} as {GoQuote.Quote(GoTime.Layout(layout))}: cannot parse");

    private static RegoNumber InRange(string builtin, BigInteger nanos) => nanos >= long.MinValue && nanos <= long.MaxValue
        ? RegoNumber.Of(nanos)
        : throw BuiltinException.Failed(builtin, "time outside of valid range");

    /// <summary>The local time of nanoseconds, or of [nanoseconds, zone]; with the nanoseconds within the second.</summary>
    private static (DateTime Time, long Nanos) Local(string builtin, RegoValue[] a)
    {
        var (number, zone) = a[0] is RegoArray { Count: >= 2 } pair ? (pair.Span[0], pair.Span[1] as RegoString) : (a[0], null);
        if (number is not RegoNumber || !((RegoNumber)number).TryGetInt64(out var nanos))
        {
            throw a[0] is RegoNumber or RegoArray
                ? BuiltinException.Failed(builtin, "timestamp too big")
                : Operand.Wrong(builtin, a, 0, "one of {array, number}");
        }

        var seconds = Math.DivRem(nanos, NanosPerSecond, out var rest);
        (seconds, rest) = rest < 0 ? (seconds - 1, rest + NanosPerSecond) : (seconds, rest);
        var utc = DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime;
        return (TimeZoneInfo.ConvertTimeFromUtc(utc, Zone(builtin, zone?.Text)), rest);
    }

    private static TimeZoneInfo Zone(string builtin, string? name)
    {
        if (name is null or "" or "UTC")
        {
            return TimeZoneInfo.Utc;
        }

        return name != "Local" && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : throw BuiltinException.Failed(builtin, "unknown time zone " + name);
    }

    private static RegoNumber AddDate(BuiltinContext context, RegoValue[] a)
    {
        const string name = "time.add_date";
        var (time, nanos) = Local(name, a);
        var (years, months, days) = (Operand.Int32(name, a, 1), Operand.Int32(name, a, 2), Operand.Int32(name, a, 3));
        try
        {
            // Days beyond the end of the month run on into the next, as in Go.
            var first = new DateTime(time.Year, time.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(checked((years * 12) + months));
            var moved = first.AddDays((double)time.Day - 1 + days).Add(time.TimeOfDay);
            return InRange(name, ((BigInteger)new DateTimeOffset(moved).ToUnixTimeSeconds() * NanosPerSecond) + nanos);
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            throw BuiltinException.Failed(name, "time outside of valid range");
        }
    }

    /// <summary>A time by a layout of Go; RFC 3339 with nanoseconds when none is given. A zone other than UTC shows as its offset where Go has an abbreviation.</summary>
    private static RegoString Format(BuiltinContext context, RegoValue[] a)
    {
        const string name = "time.format";
        var (local, nanos) = Local(name, a);
        var parts = a[0] as RegoArray;
        var zone = Zone(name, parts is { Count: >= 2 } ? (parts.Span[1] as RegoString)?.Text : null);
        var layout = parts is { Count: >= 3 } && parts.Span[2] is RegoString { Text: { Length: > 0 } given } ? given : "RFC3339Nano";
        var offset = Offset(a[0], zone);
        var sign = offset < TimeSpan.Zero ? '-' : '+';
        var abbreviation = ReferenceEquals(zone, TimeZoneInfo.Utc) ? "UTC" : sign + offset.Duration().ToString("hhmm", CultureInfo.InvariantCulture);
        return new RegoString(GoTime.Format(local, nanos, offset, abbreviation, GoTime.Layout(layout)));
    }

    private static TimeSpan Offset(RegoValue time, TimeZoneInfo zone) =>
        zone.GetUtcOffset(Local("time.format", [time is RegoArray pair ? pair.Span[0] : time]).Time);

    /// <summary>Years, months, days, hours, minutes and seconds between two times, in the zone of the first.</summary>
    private static RegoArray Diff(BuiltinContext context, RegoValue[] a)
    {
        const string name = "time.diff";
        var zone = a[0] is RegoArray { Count: >= 2 } pair ? pair.Span[1] : new RegoString("UTC");
        var other = a[1] is RegoArray { Count: >= 1 } second ? second.Span[0] : a[1];
        var (first, last) = (Local(name, [a[0]]), Local(name, [new RegoArray([other, zone])]));
        (first, last) = first.CompareTo(last) > 0 ? (last, first) : (first, last);
        var (from, to) = (first.Time, last.Time);
        int[] parts = [to.Year - from.Year, to.Month - from.Month, to.Day - from.Day, to.Hour - from.Hour, to.Minute - from.Minute, to.Second - from.Second];
        int[] sizes = [0, 12, DateTime.DaysInMonth(from.Year, from.Month), 24, 60, 60];
        for (var i = parts.Length - 1; i > 0; i--)
        {
            if (parts[i] < 0)
            {
                parts[i] += sizes[i];
                parts[i - 1]--;
            }
        }

        return Numbers(parts);
    }
}
