using System.Globalization;
using System.Text;
using System.Text.Json;
using Kfm.Provenance.Json;

namespace Kfm.Conformance.Tests.Suites;

/// <summary>RFC 8785: number layout, documents, and inputs that must be refused.</summary>
[Trait("Suite", "jcs")]
public sealed class JcsSuite() : ConformanceSuite("jcs")
{
    protected override IEnumerable<SuiteCase> Cases(string folder) =>
        [.. Numbers(folder), .. NumberTexts(folder), .. Official(folder), .. Generated(folder), .. Refusals(folder)];

    // The expected text is itself a JSON number; it must give the same double, and the 17-digit spelling must give the text.
    private static IEnumerable<SuiteCase> Numbers(string folder)
    {
        foreach (var line in File.ReadLines(Path.Combine(folder, "es6-numbers.txt")).Where(l => l.Length > 0))
        {
            var comma = line.IndexOf(',', StringComparison.Ordinal);
            var (hex, expected) = (line[..comma], line[(comma + 1)..]);
            yield return new("es6/" + hex, () =>
            {
                var value = BitConverter.UInt64BitsToDouble(ulong.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                return Differs(expected, value.ToString("E16", CultureInfo.InvariantCulture)) ?? Differs(expected, expected);
            });
        }
    }

    private static IEnumerable<SuiteCase> NumberTexts(string folder)
    {
        foreach (var line in File.ReadLines(Path.Combine(folder, "numbers-text.txt")).Where(l => l.Length > 0))
        {
            var comma = line.LastIndexOf(',');
            var (text, expected) = (line[..comma], line[(comma + 1)..]);
            yield return new("text/" + text, () => expected == "ERROR" ? Accepted(Encoding.UTF8.GetBytes(text)) : Differs(expected, text));
        }
    }

    private static IEnumerable<SuiteCase> Official(string folder)
    {
        foreach (var input in Files(Path.Combine(folder, "testdata", "input"), "*.json"))
        {
            var name = Path.GetFileNameWithoutExtension(input);
            yield return new("testdata/" + name, () => Differs(
                File.ReadAllBytes(Path.Combine(folder, "testdata", "output", name + ".json")), File.ReadAllBytes(input)));
        }
    }

    private static IEnumerable<SuiteCase> Generated(string folder)
    {
        foreach (var input in Files(Path.Combine(folder, "docs"), "*.in.json"))
        {
            var name = Path.GetFileName(input)[..^".in.json".Length];
            yield return new("docs/" + name, () => Differs(
                File.ReadAllBytes(Path.Combine(folder, "docs", name + ".out.json")), File.ReadAllBytes(input)));
        }
    }

    private static IEnumerable<SuiteCase> Refusals(string folder)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "negative.json")));
        foreach (var one in document.RootElement.EnumerateArray())
        {
            var input = Convert.FromHexString(one.GetProperty("inputHex").GetString()!);
            yield return new("negative/" + one.GetProperty("id").GetString(), () => Accepted(input));
        }
    }

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal);

    private static string? Differs(string expected, string input) => Differs(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(input));

    private static string? Differs(byte[] expected, byte[] input)
    {
        var actual = CanonicalJson.Canonicalize(input);
        if (!actual.AsSpan().SequenceEqual(expected))
        {
            return $"gives {Start(actual)}, expected {Start(expected)}";
        }

        return CanonicalJson.Canonicalize(actual).AsSpan().SequenceEqual(actual) ? null : "its canonical form has another canonical form";
    }

    private static string? Accepted(byte[] input)
    {
        try
        {
            return $"is accepted and gives {Start(CanonicalJson.Canonicalize(input))}";
        }
        catch (JsonFormatException)
        {
            return null;
        }
    }

    private static string Start(byte[] utf8) => Encoding.UTF8.GetString(utf8.AsSpan(0, Math.Min(200, utf8.Length)));
}
