using System.Globalization;
using System.Text.RegularExpressions;

namespace Parcels;

/// <summary>A tract of the Public Land Survey System: aliquot parts of a section in a township and range.</summary>
/// <example><c>NW1/4 SE1/4 Sec. 12, T10S R15E, 6th PM</c> is the 40 acres north-west in the south-east quarter of section 12.</example>
public sealed partial record LegalDescription
{
    private LegalDescription(IReadOnlyList<AliquotPart> parts, int section, string township, string range, string meridian)
    {
        Parts = parts;
        Section = section;
        Township = township;
        Range = range;
        Meridian = meridian;
    }

    /// <summary>The parts from the smallest to the largest; empty for a whole section.</summary>
    public IReadOnlyList<AliquotPart> Parts { get; }

    /// <summary>The section, 1 to 36.</summary>
    public int Section { get; }

    /// <summary>The township, for example <c>T10S</c>.</summary>
    public string Township { get; }

    /// <summary>The range, for example <c>R15E</c>.</summary>
    public string Range { get; }

    /// <summary>The principal meridian, for example <c>6th PM</c>.</summary>
    public string Meridian { get; }

    /// <summary>The area that the description has when its section is regular.</summary>
    public Acreage NominalAcreage => new(Parts.Aggregate(Acreage.Section, (acres, part) => acres * part.Fraction));

    /// <summary>Reads a description.</summary>
    /// <param name="text">The text, for example <c>S1/2 NE1/4 Sec. 3, T9N R4W, Boise Meridian</c>.</param>
    /// <param name="description">The description, when the text is one.</param>
    /// <returns>Whether the text is a description.</returns>
    public static bool TryParse(string? text, out LegalDescription? description)
    {
        description = null;
        var match = Pattern().Match(text ?? "");
        if (!match.Success || !TrySection(match.Groups["section"].Value, out var section))
        {
            return false;
        }

        var parts = match.Groups["part"].Captures.Select(c => AliquotPart.Parse(c.Value)).ToArray();
        description = new LegalDescription(
            parts, section, match.Groups["township"].Value, match.Groups["range"].Value, match.Groups["meridian"].Value);
        return true;
    }

    /// <summary>The description in its one spelling.</summary>
    public override string ToString() =>
        string.Concat(Parts.Select(p => p + " ")) + string.Create(CultureInfo.InvariantCulture, $"Sec. {Section}, {Township} {Range}, {Meridian}");

    private static bool TrySection(string digits, out int section) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out section) && section is >= 1 and <= 36;

    [GeneratedRegex(
        @"^(?:(?<part>(?:N|S|E|W)1/2|(?:NE|NW|SE|SW)1/4) ?){0,4}Sec\. (?<section>[0-9]{1,2}), (?<township>T[0-9]{1,3}[NS]) (?<range>R[0-9]{1,3}[EW]), (?<meridian>[0-9A-Za-z .]{1,40})$",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
