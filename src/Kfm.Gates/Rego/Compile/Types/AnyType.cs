namespace Kfm.Gates.Rego.Compile.Types;

/// <summary>One of several types; without any of them every value.</summary>
internal sealed class AnyType : RegoType
{
    private readonly RegoType[] _of;

    internal AnyType(IEnumerable<RegoType> of) => _of = [.. new SortedSet<RegoType>(of, Comparer<RegoType>.Create(Compare))];

    internal IReadOnlyList<RegoType> Alternatives => _of;

    internal bool IsAll => _of.Length == 0;

    internal override int Order => 7;

    internal override RegoType? Keys => IsAll ? this : _of.Aggregate((RegoType?)null, static (type, t) => Or(t.Keys, type));

    internal override RegoType? Values => IsAll ? this : _of.Aggregate((RegoType?)null, static (type, t) => Or(t.Values, type));

    internal bool Holds(RegoType? other) => other is not FunctionType && (IsAll || Array.Exists(_of, t => Compare(t, other) == 0));

    internal AnyType With(RegoType other) => other switch
    {
        AnyType { IsAll: true } all => all,
        _ when IsAll || Holds(other) => this,
        AnyType any => new AnyType(_of.Concat(any._of)),
        _ => new AnyType(_of.Append(other)),
    };

    internal override RegoType? Select(RegoValue key) => IsAll ? this : _of.Aggregate((RegoType?)null, (type, t) => Or(t.Select(key), type));

    public override string ToString() => IsAll ? "any" : $"any<{string.Join(", ", _of.Select(Text))}>";

    private protected override int CompareSame(RegoType other) => Compare(_of, ((AnyType)other)._of);
}
