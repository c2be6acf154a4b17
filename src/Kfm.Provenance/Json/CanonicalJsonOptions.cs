namespace Kfm.Provenance.Json;

/// <summary>What <see cref="CanonicalJson"/> accepts.</summary>
public sealed record CanonicalJsonOptions
{
    /// <summary>The largest value of <see cref="MaxDepth"/>.</summary>
    public const int LargestMaxDepth = 100_000;

    private readonly int _maxDepth = 256;
    private readonly int _maxBytes = int.MaxValue;

    internal static CanonicalJsonOptions Default { get; } = new();

    /// <summary>How many arrays and objects may stand in one another, from 0 to <see cref="LargestMaxDepth"/>; 256 when not set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int MaxDepth
    {
        get => _maxDepth;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LargestMaxDepth);
            _maxDepth = value;
        }
    }

    /// <summary>The longest text in bytes, from 1; not limited when not set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxBytes
    {
        get => _maxBytes;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _maxBytes = value;
        }
    }

    /// <summary>
    /// Refuses integers beyond ±9007199254740991, which a double cannot tell from their neighbours (RFC 7493 section 2.2), instead of
    /// rounding them as RFC 8785 section 3.2.2.3 says. An integer is a number that is written without point and exponent, here or in
    /// the canonical form: <c>9007199254740993</c> and <c>1e20</c> are refused, <c>1e21</c> is not.
    /// </summary>
    public bool RefuseUnsafeIntegers { get; init; }

    /// <summary>The text comes from a writer that puts this escape in the place of a lone surrogate, and only there.</summary>
    internal bool EscapedReplacementIsLoneSurrogate { get; init; }
}
