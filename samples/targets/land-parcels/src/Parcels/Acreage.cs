using System.Globalization;

namespace Parcels;

/// <summary>An area of land in acres, kept to a ten-thousandth.</summary>
public readonly record struct Acreage : IComparable<Acreage>
{
    /// <summary>The acres of a regular section: one square mile.</summary>
    public const decimal Section = 640m;

    private const decimal SquareMetresPerAcre = 4046.8564224m;

    /// <summary>Creates an area.</summary>
    /// <param name="acres">Acres, not negative; rounded half to even at four decimal places.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="acres"/> is negative.</exception>
    public Acreage(decimal acres)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(acres);
        Acres = decimal.Round(acres, 4, MidpointRounding.ToEven);
    }

    /// <summary>The area in acres.</summary>
    public decimal Acres { get; }

    /// <summary>The area in hectares, rounded half to even at four decimal places.</summary>
    public decimal Hectares => decimal.Round(Acres * SquareMetresPerAcre / 10_000m, 4, MidpointRounding.ToEven);

    /// <summary>Whether two areas differ by no more than a part of this one.</summary>
    /// <param name="other">The area to compare with.</param>
    /// <param name="tolerance">The part of this area that may differ, for example 0.02 for two percent.</param>
    public bool IsWithin(Acreage other, decimal tolerance) => Math.Abs(Acres - other.Acres) <= Acres * tolerance;

    /// <inheritdoc/>
    public int CompareTo(Acreage other) => Acres.CompareTo(other.Acres);

    /// <summary>The acres with up to four decimal places and the unit, for example <c>40 ac</c>.</summary>
    public override string ToString() => Acres.ToString("0.####", CultureInfo.InvariantCulture) + " ac";
}
