using System.Globalization;
using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.Tests.Json;

/// <summary>Own formatting and parsing of doubles beside the platform's, which is exact and shortest.</summary>
public sealed class NumberTests
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private static readonly double[] Edges =
    [
        double.Epsilon, double.MaxValue, BitConverter.Int64BitsToDouble(0x000FFFFFFFFFFFFF), BitConverter.Int64BitsToDouble(0x0010000000000000),
        BitConverter.Int64BitsToDouble(0x0010000000000001), 9007199254740991, 9007199254740992, 9007199254740993, 1e15, 1e16, 1e17, 1e21, 1e22, 1e23, 9.5e-7,
    ];

    [Fact]
    public void Any_double_is_written_with_the_digits_of_the_platform() => Prop.ForAll<int>(seed =>
        Enumerable.Range(0, 1000).All(i => IsShortest(Random(seed, i)))).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_double_is_read_again() => Prop.ForAll<int>(seed => Enumerable.Range(0, 1000).All(i =>
    {
        var value = Random(seed, i);
        return Read(value.ToString("R", Invariant)) == value && Read(value.ToString("E16", Invariant)) == value && Read(value.ToString("E25", Invariant)) == value;
    })).QuickCheckThrowOnFailure();

    [Fact]
    public void Powers_their_neighbours_and_the_ends_of_the_range_are_written_and_read()
    {
        var powers = Enumerable.Range(-1074, 2098).Select(e => Math.ScaleB(1, e))
            .Concat(Enumerable.Range(-323, 632).Select(e => double.Parse($"1e{e}", Invariant)));
        foreach (var value in powers.Concat(Edges).SelectMany(v => new[] { v, Math.BitDecrement(v), Math.BitIncrement(v) }).Where(v => v > 0 && double.IsFinite(v)))
        {
            Assert.True(IsShortest(value), $"{value:R} {BitConverter.DoubleToInt64Bits(value):x}");
            Assert.Equal(value, Read(value.ToString("E16", Invariant)));
        }
    }

    // Where a tie is decided, however far behind the point the digit stands that decides it.
    [Fact]
    public void Half_way_between_two_doubles_goes_to_the_even_one() => Prop.ForAll<int>(seed => Enumerable.Range(0, 50).All(i =>
    {
        var value = Math.Abs(Random(seed, i));
        var text = HalfWayAbove(value);
        var even = (BitConverter.DoubleToInt64Bits(value) & 1) == 0 ? value : Math.BitIncrement(value);
        return Read(text) == even
            && Read(Longer(text, "0000000000000000000000000000000001")) == Math.BitIncrement(value)
            && Read(Longer(text, new string('0', 2000) + "1")) == Math.BitIncrement(value)
            && Read(Below(text)) == value;
    })).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_digits_are_read_as_the_platform_reads_them() => Prop.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        return Enumerable.Range(0, 300).All(_ =>
        {
            var digits = string.Concat(Enumerable.Range(0, 1 + random.Next(random.Next(8) == 0 ? 1000 : 25)).Select(_ => random.Next(3) == 0 ? 0 : random.Next(10)));
            var text = $"{(random.Next(2) == 0 ? "-" : "")}{1 + random.Next(9)}{digits}{(random.Next(2) == 0 ? "" : "." + digits)}e{random.Next(-360, 330)}";
            return Read(text) == double.Parse(text, Invariant);
        });
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("1e99999999999999999999", double.PositiveInfinity)]
    [InlineData("1e-99999999999999999999", 0)]
    [InlineData("0e99999999999999999999", 0)]
    [InlineData("2.4703282292062327e-324", 0)]
    [InlineData("2.4703282292062328e-324", 5e-324)]
    [InlineData("1.7976931348623158e308", 1.7976931348623157e308)]
    [InlineData("1.797693134862315808e308", double.PositiveInfinity)]
    public void Ends_of_the_range_are_read(string text, double expected) => Assert.Equal(expected, Read(text));

    [Fact]
    public void Half_way_to_the_next_power_of_two_is_beyond_the_range()
    {
        var half = BigInteger.Pow(2, 1024) - BigInteger.Pow(2, 970);

        Assert.Equal(double.PositiveInfinity, Read(half.ToString(Invariant)));
        Assert.Equal(double.MaxValue, Read((half - 1).ToString(Invariant)));
    }

    [Fact]
    public void Zeros_and_exponent_may_cancel_out()
    {
        Assert.Equal(1, Read("0." + new string('0', 5000) + "1e5001"));
        Assert.Equal(1.5, Read("15" + new string('0', 5000) + "e-5001"));
        Assert.Equal(double.PositiveInfinity, Read("1" + new string('0', 400)));
    }

    [Fact]
    public void Powers_of_ten_are_those_of_exact_arithmetic()
    {
        for (var power = PowersOfTen.Smallest; power <= PowersOfTen.Largest; power++)
        {
            var exact = BigInteger.Pow(10, Math.Abs(power));
            var shift = (int)exact.GetBitLength() - 128;
            var cut = power >= 0
                ? (shift > 0 ? exact >> shift : exact << -shift)
                : ((BigInteger.One << (shift + 255)) - 1) / exact;
            var up = power >= 0 ? cut + (shift > 0 && cut << shift != exact ? 1 : 0) : cut + 1;

            Assert.Equal(128, cut.GetBitLength());
            Assert.Equal(power >= 0 ? cut : up, Join(PowersOfTen.Bits(power)));
            Assert.Equal(up, Join(PowersOfTen.BitsRoundedUp(power)));
        }
    }

    private static BigInteger Join((ulong Upper, ulong Lower) words) => ((BigInteger)words.Upper << 64) | words.Lower;

    private static double Random(int seed, int index)
    {
        var bits = new Random(unchecked((seed * 1009) + index)).NextInt64(long.MinValue, long.MaxValue);
        var value = BitConverter.Int64BitsToDouble(index % 4 == 0 ? bits & unchecked((long)0x801FFFFFFFFFFFFF) : bits);
        return double.IsFinite(value) && value != 0 ? value : 1;
    }

    private static double Read(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        Assert.Equal(utf8.Length, NumberScanner.Scan(utf8, 0, out var token));
        return NumberScanner.Value(utf8, token);
    }

    // No decimal with a digit less is read as the value, and of those with as many none is nearer. The platform's "R" is no measure:
    // 2^-25 and 2^-958 are not read again from it.
    private static bool IsShortest(double value)
    {
        var utf8 = new byte[EcmaScriptNumber.MaxLength];
        var written = Encoding.UTF8.GetString(utf8.AsSpan(0, EcmaScriptNumber.Write(value, utf8)));
        var digits = Digits(written);
        var nearest = value.ToString($"E{digits.Length - 1}", Invariant);
        return double.Parse(written, Invariant) == value
            && (double.Parse(nearest, Invariant) != value || Digits(nearest) == digits)
            && (digits.Length == 1 || Neighbours(value, digits.Length - 1).All(n => double.Parse(n, Invariant) != value));
    }

    // The decimals of so many digits on both sides of a value.
    private static string[] Neighbours(double value, int digits)
    {
        var exact = Math.Abs(value).ToString("E30", Invariant);
        var below = BigInteger.Parse(exact.Replace(".", "", StringComparison.Ordinal)[..digits], Invariant);
        var exponent = int.Parse(exact.Split('E')[1], Invariant) - digits + 1;
        var sign = value < 0 ? "-" : "";
        return [$"{sign}{below}e{exponent}", $"{sign}{below + 1}e{exponent}"];
    }

    private static string Digits(string number) => new string([.. number.TakeWhile(c => c is not ('e' or 'E')).Where(char.IsAsciiDigit)]).Trim('0');

    // The exact decimal of the middle between a double and the next one.
    private static string HalfWayAbove(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var biased = (int)(bits >> 52);
        var significand = (bits & 0xFFFFFFFFFFFFF) | (biased == 0 ? 0 : 1L << 52);
        var exponent = Math.Max(biased, 1) - 1076;
        var twice = (BigInteger)((2 * significand) + 1);
        return exponent >= 0 ? $"{twice << exponent}.0" : $"{twice * BigInteger.Pow(5, -exponent)}.0e{exponent}";
    }

    private static string Longer(string text, string digits) => text.Replace(".0", "." + digits, StringComparison.Ordinal);

    private static string Below(string text)
    {
        var (whole, rest) = (text[..text.IndexOf('.', StringComparison.Ordinal)], text[(text.IndexOf('.', StringComparison.Ordinal) + 2)..]);
        return $"{BigInteger.Parse(whole, Invariant) - 1}.{new string('9', 40)}{rest}";
    }
}
