using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Kfm.Provenance.Tuf;

/// <summary>The canonical JSON that TUF signs: that of the OLPC project (TUF specification, 4.2.1), which is not RFC 8785.</summary>
/// <remarks>Members stand in the order of code points, only quote and backslash are escaped, and a number is an integer.</remarks>
internal static class OlpcJson
{
    public static byte[] Write(JsonElement value, string role)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(value, output, role);
        return output.WrittenSpan.ToArray();
    }

    // The depth is bounded by the parser's limit.
    private static void Write(JsonElement value, ArrayBufferWriter<byte> output, string role)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, output, role);
                break;
            case JsonValueKind.Array:
                var next = "["u8;
                output.Write(value.GetArrayLength() == 0 ? next : default);
                foreach (var item in value.EnumerateArray())
                {
                    output.Write(next);
                    Write(item, output, role);
                    next = ","u8;
                }

                output.Write("]"u8);
                break;
            case JsonValueKind.String:
                WriteText(value.GetString()!, output);
                break;
            case JsonValueKind.Number:
                WriteInteger(value.GetRawText(), output, role);
                break;
            default:
                output.Write(Encoding.UTF8.GetBytes(value.GetRawText()));
                break;
        }
    }

    private static void WriteObject(JsonElement value, ArrayBufferWriter<byte> output, string role)
    {
        var members = value.EnumerateObject().Select(m => (Name: m.Name, Key: Encoding.UTF8.GetBytes(m.Name), m.Value)).ToList();

        // The order of UTF-8 bytes is the order of code points; that of UTF-16 is not.
        members.Sort(static (a, b) => a.Key.AsSpan().SequenceCompareTo(b.Key));
        var next = "{"u8;
        output.Write(members.Count == 0 ? next : default);
        foreach (var (name, _, member) in members)
        {
            output.Write(next);
            WriteText(name, output);
            output.Write(":"u8);
            Write(member, output, role);
            next = ","u8;
        }

        output.Write("}"u8);
    }

    private static void WriteText(string text, ArrayBufferWriter<byte> output)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        output.Write("\""u8);
        output.Write(Encoding.UTF8.GetBytes(escaped));
        output.Write("\""u8);
    }

    private static void WriteInteger(string number, ArrayBufferWriter<byte> output, string role)
    {
        if (number.AsSpan().ContainsAny('.', 'e', 'E') || number is "-0")
        {
            throw new TufException(TufFailure.Format, role, $"'{number}' is not an integer, and signed metadata has no other numbers");
        }

        output.Write(Encoding.ASCII.GetBytes(number));
    }
}
