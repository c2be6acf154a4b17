namespace Parcels;

/// <summary>A half or a quarter of a tract.</summary>
/// <param name="Corner">The side or corner: N, S, E, W, NE, NW, SE or SW.</param>
/// <param name="Fraction">The part of the area: one half or one quarter.</param>
public sealed record AliquotPart(string Corner, decimal Fraction)
{
    /// <summary>The part as it is written, for example <c>NE1/4</c>.</summary>
    public override string ToString() => Corner + (Fraction == 0.5m ? "1/2" : "1/4");

    internal static AliquotPart Parse(string text) => new(text[..^3], text.EndsWith("1/2", StringComparison.Ordinal) ? 0.5m : 0.25m);
}
