using System.Text;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>The characters that may stand at one place of a pattern, and whether any number of them may.</summary>
internal sealed record GlobToken(IReadOnlyList<(Rune First, Rune Last)> Ranges, bool IsRepeated)
{
    public static GlobToken Any { get; } = new([(new Rune(0), new Rune(0x10FFFF))], IsRepeated: false);

    public static GlobToken Of(Rune rune) => new([(rune, rune)], IsRepeated: false);

    public bool Overlaps(GlobToken other) => Ranges.Any(a => other.Ranges.Any(b => a.First <= b.Last && b.First <= a.Last));
}
