using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>net.cidr_merge, net.cidr_expand, net.cidr_contains_matches.</summary>
internal static class NetworkSets
{
    private const int V4 = 32;

    internal static void Register(Action<string, int, Builtin> add)
    {
        add("net.cidr_merge", 1, Merge);
        add("net.cidr_expand", 1, Expand);
        add("net.cidr_contains_matches", 2, Matches);
    }

    /// <summary>The fewest ranges that hold the same addresses.</summary>
    private static RegoSet Merge(BuiltinContext context, RegoValue[] a)
    {
        var ranges = Operand.Items("net.cidr_merge", a, 0).Select(Range).OrderBy(r => r.Bits).ThenBy(r => r.First).ToList();
        var merged = new List<(int Bits, BigInteger First, BigInteger Last)>();
        foreach (var range in ranges)
        {
            if (merged.Count > 0 && merged[^1] is var last && last.Bits == range.Bits && range.First <= last.Last + 1)
            {
                merged[^1] = last with { Last = BigInteger.Max(last.Last, range.Last) };
            }
            else
            {
                merged.Add(range);
            }
        }

        return RegoSet.Create(merged.SelectMany(Blocks));
    }

    private static (int Bits, BigInteger First, BigInteger Last) Range(RegoValue element)
    {
        const string name = "net.cidr_merge";
        var text = element is RegoString s ? s.Text : throw BuiltinException.Failed(name, "element must be string");
        if (!text.Contains('/', StringComparison.Ordinal) && IPAddress.TryParse(text, out var address))
        {
            // An address alone stands for the network of its class (RFC 791); those of version 6 have none.
            var bytes = address.GetAddressBytes();
            text += bytes.Length == 4 ? bytes[0] switch { < 128 => "/8", < 192 => "/16", _ => "/24" } : throw BuiltinException.Failed(name, "IPv6 invalid: needs prefix length");
        }

        return Networks.Range(name, text, address: false);
    }

    private static IEnumerable<RegoValue> Blocks((int Bits, BigInteger First, BigInteger Last) range)
    {
        var first = range.First;
        while (first <= range.Last)
        {
            var host = 0;
            while (host < range.Bits && (first & ((BigInteger.One << (host + 1)) - 1)).IsZero && first + (BigInteger.One << (host + 1)) - 1 <= range.Last)
            {
                host++;
            }

            yield return new RegoString(Text(first, range.Bits) + "/" + (range.Bits - host).ToString(CultureInfo.InvariantCulture));
            first += BigInteger.One << host;
        }
    }

    private static RegoSet Expand(BuiltinContext context, RegoValue[] a)
    {
        var text = Operand.Text("net.cidr_expand", a, 0);
        var (bits, first, last) = Networks.TryRange(text, address: false)
            ?? throw BuiltinException.Failed("net.cidr_expand", "invalid CIDR address: " + text);
        context.CheckSize((long)BigInteger.Min(long.MaxValue, last - first + 1));
        var hosts = new HashSet<RegoValue>();
        for (var address = first; address <= last; address++)
        {
            hosts.Add(new RegoString(Text(address, bits)));
        }

        return new RegoSet(hosts);
    }

    private static RegoSet Matches(BuiltinContext context, RegoValue[] a)
    {
        var found = new HashSet<RegoValue>();
        var inner = Elements(a, 1).ToList();
        foreach (var (key, outer) in Elements(a, 0))
        {
            foreach (var (other, range) in inner)
            {
                if (outer.Bits == range.Bits && outer.First <= range.First && range.Last <= outer.Last)
                {
                    found.Add(new RegoArray([key, other]));
                    context.CheckSize(found.Count);
                }
            }
        }

        return new RegoSet(found);
    }

    /// <summary>The ranges of an operand, each with what names it: the text, the index, the element of a set or the key.</summary>
    private static IEnumerable<(RegoValue Key, (int Bits, BigInteger First, BigInteger Last) Range)> Elements(RegoValue[] a, int index)
    {
        var elements = a[index] switch
        {
            RegoString text => [(Key: text, Value: text)],
            RegoArray array => array.Items.Select((item, i) => (Key: RegoValue.Of((long)i), Value: item)),
            RegoSet set => set.Sorted.Select(element => (Key: element, Value: element)),
            RegoObject obj => obj.Sorted.Select(member => (member.Key, member.Value)),
            _ => throw Operand.Wrong("net.cidr_contains_matches", a, index, "one of {string, array, set, object}"),
        };
        return elements.Select(e => (e.Key, Element(e.Value, index)));
    }

    private static (int Bits, BigInteger First, BigInteger Last) Element(RegoValue value, int index)
    {
        const string name = "net.cidr_contains_matches";
        var first = value is RegoArray { Count: > 0 } tuple ? tuple.Span[0] : value;
        return first is RegoString text
            ? Networks.Range(name, text.Text, address: index == 1)
            : throw BuiltinException.Failed(name, string.Create(CultureInfo.InvariantCulture, $"operand {index + 1}: element must be string or non-empty array"));
    }

    /// <summary>The address as RFC 5952 writes it, also where .NET would mix in a dotted form.</summary>
    private static string Text(BigInteger address, int bits)
    {
        if (bits == V4)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{(int)(address >> 24)}.{(int)((address >> 16) & 255)}.{(int)((address >> 8) & 255)}.{(int)(address & 255)}");
        }

        var groups = Enumerable.Range(0, 8).Select(i => (int)((address >> (112 - (16 * i))) & 0xffff)).ToArray();
        var (start, length) = ZeroRun(groups);
        var text = new StringBuilder();
        for (var i = 0; i < groups.Length; i++)
        {
            if (i == start)
            {
                text.Append("::");
                i += length - 1;
                continue;
            }

            text.Append(text.Length > 0 && text[^1] != ':' ? ":" : "").Append(groups[i].ToString("x", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    private static (int Start, int Length) ZeroRun(int[] groups)
    {
        var (best, longest) = (-1, 1);
        for (var i = 0; i < groups.Length; i++)
        {
            var length = groups.Skip(i).TakeWhile(g => g == 0).Count();
            (best, longest) = length > longest ? (i, length) : (best, longest);
        }

        return (best, longest);
    }
}
