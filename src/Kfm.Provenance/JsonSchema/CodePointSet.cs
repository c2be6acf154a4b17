using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Kfm.Provenance.JsonSchema;

/// <summary>A set of Unicode scalar values, as a character class of an expression over code points has it.</summary>
internal sealed class CodePointSet
{
    private static readonly ConcurrentDictionary<string, CodePointSet> Categories = new(StringComparer.Ordinal);
    private readonly List<(int First, int Last)> _ranges = [];

    public static CodePointSet Digits => Of(('0', '9'));

    public static CodePointSet Words => Of(('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z'));

    // ECMA-262, WhiteSpace and LineTerminator.
    public static CodePointSet Spaces => Of(
        (9, 13), (32, 32), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF));

    public static CodePointSet LineTerminators => Of((10, 10), (13, 13), (0x2028, 0x2029));

    public int RangeCount => _ranges.Count;

    public static CodePointSet Of(params ReadOnlySpan<(int First, int Last)> ranges)
    {
        var set = new CodePointSet();
        foreach (var range in ranges)
        {
            set.Add(range.First, range.Last);
        }

        return set;
    }

    public void Add(int first, int last) => _ranges.Add((first, last));

    public void Add(CodePointSet other) => _ranges.AddRange(other._ranges);

    public CodePointSet Complement()
    {
        var result = new CodePointSet();
        var next = 0;
        foreach (var (first, last) in Merged().Append((0xD800, 0xDFFF)).OrderBy(r => r.Item1))
        {
            if (first > next)
            {
                result.Add(next, first - 1);
            }

            next = Math.Max(next, last + 1);
        }

        if (next <= 0x10FFFF)
        {
            result.Add(next, 0x10FFFF);
        }

        return result;
    }

    /// <summary>The scalars of a general category, by its short name (<c>L</c>, <c>Lu</c>) or long name (<c>Letter</c>); null for other names.</summary>
    public static CodePointSet? Category(string name) =>
        CategoryNames.Short(name) is { } shortName ? Categories.GetOrAdd(shortName, Scan) : null;

    private static CodePointSet Scan(string shortName)
    {
        var set = new CodePointSet();
        var first = -1;
        for (var scalar = 0; scalar <= 0x110000; scalar++)
        {
            var inside = scalar < 0x110000 && scalar is < 0xD800 or > 0xDFFF
                && CategoryNames.Of(CharUnicodeInfo.GetUnicodeCategory(scalar)).StartsWith(shortName, StringComparison.Ordinal);
            if (inside && first < 0)
            {
                first = scalar;
            }
            else if (!inside && first >= 0)
            {
                set.Add(first, scalar - 1);
                first = -1;
            }
        }

        return set;
    }

    /// <summary>The set as an expression over UTF-16 units.</summary>
    public string ToExpression()
    {
        var units = new StringBuilder();
        var pairs = new List<string>();
        foreach (var (first, last) in Merged())
        {
            if (first <= 0xFFFF)
            {
                units.Append(Range(first, Math.Min(last, 0xFFFF)));
            }

            if (last > 0xFFFF)
            {
                AddPairs(Math.Max(first, 0x10000) - 0x10000, last - 0x10000, pairs);
            }
        }

        if (units.Length > 0)
        {
            pairs.Insert(0, "[" + units + "]");
        }

        return pairs.Count switch
        {
            0 => "[^\\s\\S]",
            1 when units.Length > 0 => pairs[0],
            _ => "(?:" + string.Join('|', pairs) + ")",
        };
    }

    private static void AddPairs(int first, int last, List<string> pairs)
    {
        var (firstHigh, lastHigh) = (0xD800 + (first >> 10), 0xD800 + (last >> 10));
        var (firstLow, lastLow) = (0xDC00 + (first & 0x3FF), 0xDC00 + (last & 0x3FF));
        if (firstHigh == lastHigh)
        {
            pairs.Add($"[{Range(firstHigh, firstHigh)}][{Range(firstLow, lastLow)}]");
            return;
        }

        pairs.Add($"[{Range(firstHigh, firstHigh)}][{Range(firstLow, 0xDFFF)}]");
        if (lastHigh - firstHigh > 1)
        {
            pairs.Add($"[{Range(firstHigh + 1, lastHigh - 1)}][{Range(0xDC00, 0xDFFF)}]");
        }

        pairs.Add($"[{Range(lastHigh, lastHigh)}][{Range(0xDC00, lastLow)}]");
    }

    private static string Range(int first, int last) => first == last ? $"\\u{first:X4}" : $"\\u{first:X4}-\\u{last:X4}";

    private List<(int, int)> Merged()
    {
        var merged = new List<(int First, int Last)>();
        foreach (var (first, last) in _ranges.Order())
        {
            if (merged.Count > 0 && first <= merged[^1].Last + 1)
            {
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, last));
            }
            else
            {
                merged.Add((first, last));
            }
        }

        return merged;
    }
}
