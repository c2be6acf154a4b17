using System.Numerics;

namespace Kfm.Gates.Rego.Builtins.X509;

/// <summary>Builds an object as Go's JSON encoder does: bytes in base64, an absent list as null.</summary>
internal sealed class GoJson
{
    private readonly Dictionary<RegoValue, RegoValue> _members = [];

    public void Add(string name, RegoValue value) => _members[RegoValue.Of(name)] = value;

    public void Bytes(string name, ReadOnlyMemory<byte>? value) => Add(name, value is { } bytes ? RegoValue.Of(Convert.ToBase64String(bytes.Span)) : RegoValue.Null);

    public void Number(string name, BigInteger value) => Add(name, RegoNumber.Of(value));

    public void Text(string name, string value) => Add(name, RegoValue.Of(value));

    public void Flag(string name, bool value) => Add(name, RegoValue.Of(value));

    public void Null(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            Add(name, RegoValue.Null);
        }
    }

    public void List(string name, IEnumerable<RegoValue> items) => Add(name, ListOrNull(items));

    public void Texts(string name, IEnumerable<string> items) => List(name, items.Select(RegoValue.Of));

    public RegoObject ToObject() => new(_members);

    public static RegoValue ListOrNull(IEnumerable<RegoValue> items) => items.ToArray() is { Length: > 0 } list ? new RegoArray(list) : RegoValue.Null;

    /// <summary>An object identifier as the list of its numbers.</summary>
    public static RegoArray Oid(string oid) => new([.. oid.Split('.').Select(n => (RegoValue)RegoNumber.Of(BigInteger.Parse(n, System.Globalization.CultureInfo.InvariantCulture)))]);
}
