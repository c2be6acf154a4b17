using System.Text;

namespace Kfm.Gates.Scanning;

/// <summary>Characters that a person does not see and a model reads.</summary>
internal static class HiddenText
{
    private const int Flag = 0x1F3F4;
    private const int FewSelectors = 3;

    /// <summary>Whether a character shows nothing: zero-width, bidirectional control, tag or supplementary variation selector.</summary>
    public static bool IsInvisible(Rune rune) => IsZeroWidth(rune.Value) || IsBidi(rune.Value) || IsTag(rune.Value) || IsSelector(rune.Value);

    /// <summary>The findings <c>hidden-zero-width</c>, <c>hidden-bidi</c>, <c>hidden-tag</c> and <c>hidden-selector</c>.</summary>
    public static IEnumerable<InjectionFinding> Find(string text)
    {
        var (line, selectors, zeroes, flag) = (1, 0, 0, false);
        var before = new Rune('\n');
        foreach (var rune in text.EnumerateRunes())
        {
            var value = rune.Value;
            flag = value == Flag || (flag && IsTag(value));
            selectors = IsSelector(value) ? selectors + 1 : 0;
            zeroes = IsZeroWidth(value) ? zeroes + 1 : 0;
            if (IsTag(value) && !flag)
            {
                yield return new InjectionFinding("hidden-tag", line);
            }
            else if (IsBidi(value))
            {
                yield return new InjectionFinding("hidden-bidi", line);
            }
            else if (selectors == FewSelectors)
            {
                yield return new InjectionFinding("hidden-selector", line);
            }
            else if (zeroes > 1 || (zeroes == 1 && IsAsciiLetter(before)))
            {
                // Joiners have their place in Persian, Indic scripts and emoji, and never after a Latin letter or in a row.
                yield return new InjectionFinding("hidden-zero-width", line);
            }

            line += value == '\n' ? 1 : 0;
            before = rune;
        }
    }

    private static bool IsAsciiLetter(Rune rune) => rune.IsAscii && char.IsAsciiLetter((char)rune.Value);

    private static bool IsZeroWidth(int c) => c is (>= 0x200B and <= 0x200D) or (>= 0x2060 and <= 0x2064) or 0xFEFF or 0x00AD or 0x180E;

    private static bool IsBidi(int c) => c is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    private static bool IsTag(int c) => c is >= 0xE0000 and <= 0xE007F;

    private static bool IsSelector(int c) => c is >= 0xE0100 and <= 0xE01EF;
}
