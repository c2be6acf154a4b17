using System.Net;
using System.Numerics;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>net.cidr_contains, net.cidr_overlap, net.cidr_intersects, net.cidr_is_valid: addresses only, never the network.</summary>
internal static class Networks
{
    internal static void Register(Action<string, int, Builtin> add)
    {
        add("net.cidr_contains", 2, static (_, a) => Contains("net.cidr_contains", a));
        add("net.cidr_overlap", 2, static (_, a) => Contains("net.cidr_overlap", a));
        add("net.cidr_intersects", 2, static (_, a) => RegoValue.Of(Range("net.cidr_intersects", Operand.Text("net.cidr_intersects", a, 0), address: false)
            is var left && Range("net.cidr_intersects", Operand.Text("net.cidr_intersects", a, 1), address: false) is var right
            && left.Bits == right.Bits && left.First <= right.Last && right.First <= left.Last));
        add("net.cidr_is_valid", 1, static (_, a) => RegoValue.Of(a[0] is RegoString s && TryRange(s.Text, address: false) is not null));
    }

    private static RegoValue Contains(string builtin, RegoValue[] a)
    {
        var (outer, inner) = (Range(builtin, Operand.Text(builtin, a, 0), address: false), Range(builtin, Operand.Text(builtin, a, 1), address: true));
        return RegoValue.Of(outer.Bits == inner.Bits && outer.First <= inner.First && inner.Last <= outer.Last);
    }

    internal static (int Bits, BigInteger First, BigInteger Last) Range(string builtin, string text, bool address) =>
        TryRange(text, address) ?? throw BuiltinException.Failed(builtin, $"not a valid textual representation of an IP address or CIDR: {text}");

    internal static (int Bits, BigInteger First, BigInteger Last)? TryRange(string text, bool address)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? text : text[..slash];
        if ((slash < 0 && !address) || !IPAddress.TryParse(host, out var ip) || (!host.Contains(':', StringComparison.Ordinal) && host.Split('.').Length != 4))
        {
            return null;
        }

        var bytes = ip.GetAddressBytes();
        var bits = bytes.Length * 8;
        var prefix = bits;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out prefix) || prefix > bits))
        {
            return null;
        }

        var value = new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
        var size = BigInteger.One << (bits - prefix);
        var first = value / size * size;
        return (bits, first, first + size - 1);
    }
}
