using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kfm.Provenance.Sigstore;
using Kfm.Provenance.Sigstore.Certificates;
using Kfm.Provenance.Sigstore.Timestamps;

namespace Kfm.Provenance.Tests.Sigstore;

/// <summary>Damages bundles, trusted roots, certificates and timestamps. <c>KFM_FUZZ_SECONDS</c> makes the run longer than half a second.</summary>
public sealed class FuzzSigstoreTests
{
    private static readonly string[] Encoded = ["rawBytes", "signedTimestamp", "canonicalizedBody", "signature", "sig", "payload"];

    private static readonly byte[][] Tokens =
        [.. new[] { "null", "{", "}", "[", "]", "\"", "\\u0000", "-1", "1e400", "99999999999999999999", ",", ":", "\n", "==", "\ud83d" }.Select(Encoding.UTF8.GetBytes), [0xff], [0x30, 0x80], [0x30, 0x84, 0xff, 0xff, 0xff, 0xff]];

    [SigstoreFact]
    public void Damaged_input_is_refused_by_a_typed_error()
    {
        var setting = Environment.GetEnvironmentVariable("KFM_FUZZ_SECONDS");
        var seconds = double.TryParse(setting, CultureInfo.InvariantCulture, out var given) ? given : 0.5;
        const int seed = 20260822;
        var random = new Random(seed);
        var cases = SigstoreSuiteFiles.Cases(good: true).Concat(SigstoreSuiteFiles.Cases(good: false)).ToArray();
        var (rounds, started) = (0, Stopwatch.GetTimestamp());
        for (; rounds < 200 || Stopwatch.GetElapsedTime(started).TotalSeconds < seconds; rounds++)
        {
            var one = cases[random.Next(cases.Length)];
            switch (random.Next(4))
            {
                case 0:
                    Bundle(one, Damage(SigstoreSuiteFiles.Bundle(one), random));
                    break;
                case 1:
                    Root(one, random);
                    break;
                default:
                    Inside(one, random);
                    break;
            }
        }

        Console.WriteLine($"fuzz sigstore: {rounds} damaged inputs in {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s, seed {seed}, no foreign exception");
    }

    private static void Bundle(string one, byte[] bundle)
    {
        var started = Stopwatch.GetTimestamp();
        _ = SigstoreSuiteFiles.Verify(one, bundle);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30), "a damaged bundle took longer than 30 seconds");
    }

    private static void Root(string one, Random random)
    {
        var own = Path.Combine(one, "trusted_root.json");
        try
        {
            var root = TrustedRoot.Parse(Damage(File.ReadAllBytes(File.Exists(own) ? own : Path.Combine(SigstoreSuiteFiles.Folder, "trusted_root.production.json")), random));
            _ = new SigstoreVerifier(root).Verify(SigstoreSuiteFiles.Bundle(one), SigstoreSuiteFiles.Artifact(one), SigstoreSuiteFiles.Policy(one));
        }
        catch (SigstoreFormatException)
        {
            // The one exception of the format.
        }
    }

    // Damages what stands in base64, so that the parsers behind it see it.
    private static void Inside(string one, Random random)
    {
        if (Parse(SigstoreSuiteFiles.Bundle(one)) is not { } bundle)
        {
            return;
        }

        var values = Leaves(bundle).Where(v => Encoded.Contains(v.GetPropertyName())).ToList();
        var value = values[random.Next(values.Count)];
        if (!TryDecode(value.GetValue<string>(), out var bytes))
        {
            return;
        }

        var damaged = Damage(bytes, random);
        Only<DerFormatException>(() => _ = CertificateReader.Read(damaged));
        Only<DerFormatException>(() => _ = TimestampToken.Read(damaged));
        value.Parent!.AsObject()[value.GetPropertyName()] = Convert.ToBase64String(damaged);
        Bundle(one, Encoding.UTF8.GetBytes(bundle.ToJsonString()));
    }

    private static void Only<T>(Action read)
        where T : Exception
    {
        try
        {
            read();
        }
        catch (T)
        {
            // The one exception of the format.
        }
    }

    private static JsonNode? Parse(byte[] bundle)
    {
        try
        {
            return JsonNode.Parse(bundle);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length];
        var decoded = Convert.TryFromBase64String(text, bytes, out var length);
        bytes = bytes[..length];
        return decoded;
    }

    private static IEnumerable<JsonValue> Leaves(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => Leaves(m.Value)),
        JsonArray { Count: > 0 } items when items[0] is JsonObject => items.SelectMany(Leaves),
        JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.String => [value],
        _ => [],
    };

    private static byte[] Damage(byte[] start, Random random)
    {
        var bytes = start.ToList();
        for (var i = random.Next(1, 5); i > 0 && bytes.Count > 0; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 40)));
                    break;
                case 3:
                    bytes.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, random.Next(1, 200))));
                    break;
            }
        }

        return [.. bytes];
    }
}
