using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Verification;
using Kfm.Provenance.Manifests;

namespace Kfm.Pipeline.Tests;

/// <summary>
/// A changed byte in any file is refused, also when SHA256SUMS was rewritten to fit. A seeded sample; every byte with KFM_TAMPER_ALL=1.
/// </summary>
[Collection(nameof(DemoRuns))]
public sealed class TamperTests(DemoFixture demo)
{
    private const int Sample = 3;

    [Theory]
    [InlineData("allowed")]
    [InlineData("review")]
    [InlineData("denied")]
    public void Changed_byte_is_refused(string name) => ChangeBytes(name, "bytes-" + name, rewriteSums: false);

    [Theory]
    [InlineData("allowed")]
    [InlineData("review")]
    public void Changed_byte_is_refused_although_the_sums_fit(string name) => ChangeBytes(name, "sums-" + name, rewriteSums: true);

    private void ChangeBytes(string name, string target, bool rewriteSums)
    {
        var copy = demo.Copy(name, target);
        var sums = File.ReadAllBytes(Path.Combine(copy, BundleFiles.Sums));
        var missed = new List<string>();
        foreach (var (index, file) in DirectoryTree.Files(copy).Index())
        {
            if (rewriteSums && BundleFiles.IsOutsideSums(file))
            {
                continue;
            }

            var path = Path.Combine(copy, file);
            var bytes = File.ReadAllBytes(path);
            foreach (var at in Places(bytes.Length, index))
            {
                var changed = bytes.ToArray();
                changed[at] ^= 0x01;
                File.WriteAllBytes(path, changed);
                Rewrite(copy, rewriteSums);
                if (!IsRefused(copy))
                {
                    missed.Add($"{file} at {at}");
                }
            }

            File.WriteAllBytes(path, bytes);
            File.WriteAllBytes(Path.Combine(copy, BundleFiles.Sums), sums);
        }

        Assert.Empty(missed);
    }

    private static void Rewrite(string copy, bool rewriteSums)
    {
        if (rewriteSums)
        {
            File.WriteAllBytes(Path.Combine(copy, BundleFiles.Sums), Sha256Sums.OfDirectory(copy, p => !BundleFiles.IsOutsideSums(p)).ToBytes());
        }
    }

    private bool IsRefused(string copy)
    {
        using var bundle = RunBundle.Read(copy);
        var report = BundleVerifier.Verify(bundle, demo.Trust, TestEnvironment.Of(demo.Host));
        return report.Findings.Count > 0;
    }

    private static IEnumerable<int> Places(int length, int seed)
    {
        if (Environment.GetEnvironmentVariable("KFM_TAMPER_ALL") is "1")
        {
            return Enumerable.Range(0, length);
        }

        var random = new Random(1337 + seed);
        return Enumerable.Range(0, Math.Min(Sample, length)).Select(_ => random.Next(length));
    }
}
