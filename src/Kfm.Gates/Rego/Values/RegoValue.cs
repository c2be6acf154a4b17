using System.Runtime.CompilerServices;
using System.Text;
using Kfm.Provenance.Json;

namespace Kfm.Gates.Rego;

/// <summary>An immutable Rego value. Equality is by value: 1 equals 1.0, sets and objects compare by content.</summary>
public abstract class RegoValue : IEquatable<RegoValue>
{
    private int _hash;

    private protected RegoValue(RegoKind kind) => Kind = kind;

    /// <summary>The value null.</summary>
    public static RegoValue Null => RegoNull.Instance;

    /// <summary>The value true.</summary>
    public static RegoValue True => RegoBoolean.TrueValue;

    /// <summary>The value false.</summary>
    public static RegoValue False => RegoBoolean.FalseValue;

    /// <summary>The kind of the value.</summary>
    public RegoKind Kind { get; }

    internal static Comparer<RegoValue> ByOrder { get; } = Comparer<RegoValue>.Create(Compare);

    /// <summary>Whether the value is the boolean false; every other value is true as a statement.</summary>
    internal bool IsFalse => ReferenceEquals(this, RegoBoolean.FalseValue);

    /// <summary>Reads one JSON value (RFC 8259). Of repeated object keys the last one wins.</summary>
    /// <param name="utf8">The JSON text in UTF-8; nested at most 1,000 levels deep.</param>
    /// <exception cref="JsonFormatException">The text is not JSON or nested too deeply.</exception>
    public static RegoValue Parse(ReadOnlySpan<byte> utf8) => JsonInput.Read(utf8);

    /// <summary>A string value.</summary>
    /// <param name="text">The text.</param>
    public static RegoValue Of(string text) => new RegoString(text);

    /// <summary>A number value.</summary>
    /// <param name="number">The number.</param>
    public static RegoValue Of(long number) => RegoNumber.Of(number);

    /// <summary>A boolean value.</summary>
    /// <param name="value">The boolean.</param>
    public static RegoValue Of(bool value) => value ? True : False;

    /// <summary>Orders values: null, booleans, numbers, strings (by code point), arrays, objects, sets.</summary>
    /// <param name="left">The left value.</param>
    /// <param name="right">The right value.</param>
    /// <returns>Negative, zero or positive as left sorts before, equals or sorts after right.</returns>
    public static int Compare(RegoValue left, RegoValue right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (ReferenceEquals(left, right))
        {
            return 0;
        }

        return left.Kind == right.Kind ? left.CompareSameKind(right) : left.Kind.CompareTo(right.Kind);
    }

    /// <inheritdoc/>
    public bool Equals(RegoValue? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Kind == other.Kind && (_hash == other._hash || _hash == 0 || other._hash == 0) && EqualsSameKind(other));

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => obj is RegoValue other && Equals(other);

    /// <inheritdoc/>
    public sealed override int GetHashCode()
    {
        var hash = _hash;
        return hash != 0 ? hash : FirstHash();
    }

    /// <summary>JSON in UTF-8: keys sorted, sets as sorted arrays, keys that are not strings as their JSON text, numbers exact.</summary>
    public byte[] ToJson() => Encoding.UTF8.GetBytes(JsonOutput.Write(this));

    /// <summary>RFC 8785 canonical JSON in UTF-8, sets as sorted arrays.</summary>
    /// <exception cref="JsonFormatException">A number is outside of the range of IEEE 754 doubles.</exception>
    public byte[] ToCanonicalJson() => CanonicalJson.Canonicalize(ToJson());

    /// <summary>The value as a Rego term.</summary>
    public sealed override string ToString()
    {
        var text = new StringBuilder();
        Print(text);
        return text.ToString();
    }

    internal abstract void Print(StringBuilder text);

    /// <summary>The member at a key: of an array by index, of an object by key, of a set the element itself; null when there is none.</summary>
    internal virtual RegoValue? Get(RegoValue key) => null;

    /// <summary>Collections nest as deep as a policy builds them; a walk into them ends before the stack does.</summary>
    private protected static void EnsureStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new RegoEvaluationException(RegoEvaluationException.Limit, "a value is nested too deeply", "", 0, 0);
        }
    }

    private int FirstHash()
    {
        var hash = ComputeHash();
        return _hash = hash == 0 ? 1 : hash;
    }

    private protected abstract int CompareSameKind(RegoValue other);

    private protected abstract bool EqualsSameKind(RegoValue other);

    private protected abstract int ComputeHash();
}
