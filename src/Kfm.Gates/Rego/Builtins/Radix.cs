using System.Globalization;
using System.Numerics;
using System.Text;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>Whole numbers in other bases.</summary>
internal static class Radix
{
    internal static string Format(BigInteger value, int radix)
    {
        if (radix == 10)
        {
            return value.ToString(CultureInfo.InvariantCulture);
        }

        var bits = radix switch { 2 => 1, 8 => 3, _ => 4 };
        var magnitude = BigInteger.Abs(value);
        var text = new StringBuilder();
        do
        {
            text.Insert(0, "0123456789abcdef"[(int)(magnitude & (radix - 1))]);
            magnitude >>= bits;
        }
        while (!magnitude.IsZero);
        return value.Sign < 0 ? "-" + text : text.ToString();
    }
}
