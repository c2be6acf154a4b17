using System.Globalization;
using System.Text;

namespace Kfm.Ledger.Tiles;

/// <summary>The paths of tiles and entry bundles below the prefix of a log (C2SP tlog-tiles).</summary>
public static class TilePath
{
    private const int MaxLevel = 63;
    private const int MaxLevelDigits = 20;

    /// <summary>The path of a tile, such as <c>tile/0/x001/x234/067</c>.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="width">The number of its hashes, 1 to 256.</param>
    public static string Of(Tile tile, int width = Tile.Width) =>
        string.Create(CultureInfo.InvariantCulture, $"tile/{tile.Level}/{Index(tile.Number, width)}");

    /// <summary>The path of a bundle of entries, such as <c>tile/entries/067.p/8</c>.</summary>
    /// <param name="number">The zero-based position of the bundle.</param>
    /// <param name="width">The number of its entries, 1 to 256.</param>
    public static string OfEntries(ulong number, int width = Tile.Width) => "tile/entries/" + Index(number, width);

    /// <summary>Reads the level and the index of a path.</summary>
    /// <param name="level">The part after <c>tile/</c>: 0 to 63; leading zeroes are read, as other servers do, and never written.</param>
    /// <param name="index">The part after that.</param>
    /// <param name="tile">The tile.</param>
    /// <param name="width">The number of its hashes.</param>
    /// <returns>Whether the parts name a tile.</returns>
    public static bool TryParse(string level, string index, out Tile tile, out int width)
    {
        ArgumentNullException.ThrowIfNull(level);
        ArgumentNullException.ThrowIfNull(index);
        tile = default;
        width = Tile.Width;
        var parts = index.Split(".p/");
        if (level.Length > MaxLevelDigits || !TryNumber(level.TrimStart('0') is { Length: > 0 } digits ? digits : level[..Math.Min(1, level.Length)], MaxLevel, out var l) || parts.Length > 2 || !TryIndex(parts[0], out var number))
        {
            return false;
        }

        if (parts.Length == 2)
        {
            if (!TryNumber(parts[1], Tile.Width - 1, out width) || width == 0)
            {
                return false;
            }
        }

        tile = new Tile(l, number);
        return true;
    }

    private static string Index(ulong number, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, Tile.Width);
        var text = new StringBuilder((number % 1000).ToString("d3", CultureInfo.InvariantCulture));
        for (number /= 1000; number > 0; number /= 1000)
        {
            text.Insert(0, string.Create(CultureInfo.InvariantCulture, $"x{number % 1000:d3}/"));
        }

        return width < Tile.Width ? text.Append(CultureInfo.InvariantCulture, $".p/{width}").ToString() : text.ToString();
    }

    private static bool TryIndex(string text, out ulong number)
    {
        number = 0;
        var parts = text.Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            var digits = parts[i].AsSpan();
            if (i < parts.Length - 1)
            {
                if (digits.IsEmpty || digits[0] != 'x')
                {
                    return false;
                }

                digits = digits[1..];
            }

            if (digits.Length != 3 || digits.ContainsAnyExceptInRange('0', '9') || number > (ulong.MaxValue - 999) / 1000)
            {
                return false;
            }

            number = (number * 1000) + ulong.Parse(digits, CultureInfo.InvariantCulture);
        }

        return true;
    }

    private static bool TryNumber(string text, int max, out int number)
    {
        number = 0;
        return text.Length is > 0 and <= 3 && (text.Length == 1 || text[0] != '0')
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number <= max;
    }
}
