using System.Buffers.Binary;
using System.Globalization;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>uuid.parse (RFC 9562, and DCE security for version 2), and uuid.rfc4122: version 4 from the seed of the host.</summary>
internal static class Uuids
{
    // 100 ns steps from 1582-10-15, where the time of a UUID begins, to 1970.
    private const long EpochDifference = 122_192_928_000_000_000;

    internal static void Register(Action<string, int, Builtin> add)
    {
        add("uuid.parse", 1, static (_, a) => Bytes(Operand.Text("uuid.parse", a, 0)) is { } id ? Describe(id) : null);
        add("uuid.rfc4122", 1, static (c, a) => Generate(c.Random("uuid.rfc4122", Operand.Text("uuid.rfc4122", a, 0))));
    }

    private static RegoString Generate(byte[] random)
    {
        random[6] = (byte)((random[6] & 0x0f) | 0x40);
        random[8] = (byte)((random[8] & 0x3f) | 0x80);
        return new RegoString(new Guid(random.AsSpan(0, 16), bigEndian: true).ToString("D"));
    }

    private static byte[]? Bytes(string text)
    {
        var hex = text.Length switch
        {
            45 when text.StartsWith("urn:uuid:", StringComparison.OrdinalIgnoreCase) => text[9..],
            38 when text[0] == '{' && text[^1] == '}' => text[1..^1],
            36 or 32 => text,
            _ => "",
        };
        if (hex.Length == 36)
        {
            hex = hex[8] == '-' && hex[13] == '-' && hex[18] == '-' && hex[23] == '-' ? hex.Replace("-", "", StringComparison.Ordinal) : "";
        }

        return hex.Length == 32 && hex.All(char.IsAsciiHexDigit) ? Convert.FromHexString(hex) : null;
    }

    private static RegoObject Describe(byte[] id)
    {
        var version = id[6] >> 4;
        var members = new Dictionary<RegoValue, RegoValue>
        {
            [RegoValue.Of("version")] = RegoValue.Of(version),
            [RegoValue.Of("variant")] = RegoValue.Of((id[8] >> 5) switch { < 4 => "Reserved", 4 or 5 => "RFC4122", 6 => "Microsoft", _ => "Future" }),
        };
        if (version is 1 or 2)
        {
            AddTime(members, id);
        }

        if (version == 2)
        {
            members[RegoValue.Of("id")] = RegoValue.Of(BinaryPrimitives.ReadUInt32BigEndian(id));
            members[RegoValue.Of("domain")] = RegoValue.Of(id[9] switch
            {
                0 => "Person",
                1 => "Group",
                2 => "Org",
                var other => string.Create(CultureInfo.InvariantCulture, $"Domain{other}"),
            });
        }

        return new RegoObject(members);
    }

    private static void AddTime(Dictionary<RegoValue, RegoValue> members, byte[] id)
    {
        var steps = BinaryPrimitives.ReadUInt32BigEndian(id)
            | ((long)BinaryPrimitives.ReadUInt16BigEndian(id.AsSpan(4)) << 32)
            | ((long)(BinaryPrimitives.ReadUInt16BigEndian(id.AsSpan(6)) & 0x0fff) << 48);
        members[RegoValue.Of("time")] = RegoNumber.Of((System.Numerics.BigInteger)(steps - EpochDifference) * 100);
        members[RegoValue.Of("clocksequence")] = RegoValue.Of(BinaryPrimitives.ReadUInt16BigEndian(id.AsSpan(8)) & 0x3fff);
        members[RegoValue.Of("nodeid")] = RegoValue.Of(Convert.ToHexStringLower(id, 10, 6).Chunk(2).Select(c => new string(c)).Aggregate((l, r) => l + "-" + r));
        members[RegoValue.Of("macvariables")] = RegoValue.Of(((id[10] & 2) != 0 ? "local" : "global") + ":" + ((id[10] & 1) != 0 ? "multicast" : "unicast"));
    }
}
