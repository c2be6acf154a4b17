using System.Text.Json;

namespace Kfm.Provenance.JsonSchema;

/// <summary>Equality of JSON values by value: numbers mathematically, objects without regard to order (2020-12 Core, section 4.2.2).</summary>
internal sealed class JsonEquality : IEqualityComparer<JsonElement>
{
    public static readonly JsonEquality Instance = new();

    public bool Equals(JsonElement x, JsonElement y) => x.ValueKind == y.ValueKind && x.ValueKind switch
    {
        JsonValueKind.Number => JsonNumber.Parse(x) == JsonNumber.Parse(y),
        JsonValueKind.String => string.Equals(x.GetString(), y.GetString(), StringComparison.Ordinal),
        JsonValueKind.Array => ArraysEqual(x, y),
        JsonValueKind.Object => ObjectsEqual(x, y),
        _ => true,
    };

    public int GetHashCode(JsonElement obj) => obj.ValueKind switch
    {
        JsonValueKind.Number => JsonNumber.Parse(obj).GetHashCode(),
        JsonValueKind.String => StringComparer.Ordinal.GetHashCode(obj.GetString()!),
        JsonValueKind.Array => obj.EnumerateArray().Aggregate(17, (hash, item) => HashCode.Combine(hash, GetHashCode(item))),
        JsonValueKind.Object => obj.EnumerateObject().Aggregate(
            19, (hash, member) => hash ^ HashCode.Combine(StringComparer.Ordinal.GetHashCode(member.Name), GetHashCode(member.Value))),
        _ => (int)obj.ValueKind,
    };

    private bool ArraysEqual(JsonElement x, JsonElement y)
    {
        if (x.GetArrayLength() != y.GetArrayLength())
        {
            return false;
        }

        using var right = y.EnumerateArray();
        foreach (var item in x.EnumerateArray())
        {
            right.MoveNext();
            if (!Equals(item, right.Current))
            {
                return false;
            }
        }

        return true;
    }

    private bool ObjectsEqual(JsonElement x, JsonElement y)
    {
        if (x.GetPropertyCount() != y.GetPropertyCount())
        {
            return false;
        }

        var members = y.EnumerateObject().ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal);
        return x.EnumerateObject().All(m => members.TryGetValue(m.Name, out var other) && Equals(m.Value, other));
    }
}
