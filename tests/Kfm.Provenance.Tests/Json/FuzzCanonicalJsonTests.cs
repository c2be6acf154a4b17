using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Json;
using Kfm.Testing;
using Xunit.Abstractions;

namespace Kfm.Provenance.Tests.Json;

/// <summary>Mutated texts beside the plain reference; <c>KFM_FUZZ_SECONDS</c> sets the length, <c>KFM_FUZZ_SEED</c> repeats a run.</summary>
public sealed class FuzzCanonicalJsonTests(ITestOutputHelper output)
{
    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0061", "\\ud83d", "\\ude00", "\\n", "\\/", "0", "-0", "1e400", "1E-7", "9007199254740993", "0.1", "e", "+", ".",
        "true", "false", "null", " ", "\n", "\t", "\"a\":", "\"\":", "\uFEFF", "é", "😀", "\u0001", "\u007f", "{\"b\":1,\"a\":2}", "[1, 2]", "123456789012345678901234567890",
    ];

    [Fact]
    public void Any_bytes_give_the_reference_form_or_the_documented_exception()
    {
        var seconds = double.Parse(Environment.GetEnvironmentVariable("KFM_FUZZ_SECONDS") ?? "0.3", CultureInfo.InvariantCulture);
        var seed = int.Parse(Environment.GetEnvironmentVariable("KFM_FUZZ_SEED") ?? Environment.TickCount.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var random = new Random(seed);
        var seeds = Seeds();
        var (cases, accepted) = (0L, 0L);
        for (var clock = Stopwatch.StartNew(); clock.Elapsed.TotalSeconds < seconds; cases++)
        {
            var text = Mutate(random.Next(4) == 0 ? Generated(random) : seeds[random.Next(seeds.Count)], random, seeds);
            var expected = ReferenceCanonicalJson.Canonicalize(text);
            var actual = Canonicalize(text);
            Assert.True(string.Equals(expected, actual, StringComparison.Ordinal), $"seed {seed}, case {cases}: {Convert.ToHexString(text)}");
            accepted += actual is null ? 0 : 1;
        }

        output.WriteLine($"fuzz canonical json: {cases} texts, {accepted} accepted, seed {seed}, {seconds} s");
    }

    private static string? Canonicalize(byte[] text)
    {
        try
        {
            var form = CanonicalJson.Canonicalize(text);
            Assert.Equal(form.AsSpan().SequenceEqual(text), CanonicalJson.IsCanonical(text));
            Assert.Equal(Digest.Of(form), CanonicalJson.Hash(text));
            return Encoding.UTF8.GetString(form);
        }
        catch (JsonFormatException e)
        {
            Assert.InRange(e.BytePosition, 0, text.Length);
            return null;
        }
    }

    private static byte[] Generated(Random random) => Encoding.UTF8.GetBytes(new RandomJson(random.Next()).Spell(new RandomJson(random.Next()).Value()));

    private static byte[] Mutate(byte[] text, Random random, List<byte[]> seeds)
    {
        var bytes = text.ToList();
        for (var changes = random.Next(4); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(5))
            {
                case 0 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1 when at < bytes.Count:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 9), bytes.Count - at));
                    break;
                case 2 when at < bytes.Count:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 30), bytes.Count - at)));
                    break;
                case 3 when random.Next(8) == 0:
                    var other = seeds[random.Next(seeds.Count)];
                    bytes.InsertRange(at, other.Take(random.Next(other.Length)));
                    break;
                default:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
                    break;
            }
        }

        return [.. bytes];
    }

    // The documents of the suite when it is there; they stay small enough for many cases a second.
    private static List<byte[]> Seeds()
    {
        var root = Environment.GetEnvironmentVariable("KFM_CONFORMANCE_DIR") is { Length: > 0 } named ? named : RepositoryRoot.Combine("..", "shared", "conformance");
        var suite = Path.Combine(root, "jcs");
        var files = Directory.Exists(suite) ? Directory.EnumerateFiles(suite, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : Enumerable.Empty<string>();
        return [.. files.Select(File.ReadAllBytes).Where(b => b.Length < 8192), "{\"b\":[1,{\"z\":0,\"y\":[]}],\"a\":\"\\u20ac\"}"u8.ToArray()];
    }
}
