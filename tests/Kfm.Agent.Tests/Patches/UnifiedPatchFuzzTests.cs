using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kfm.Agent.Patches;

namespace Kfm.Agent.Tests.Patches;

/// <summary>Damages patches at random. The environment variable KFM_FUZZ_SECONDS makes the run longer than its two seconds.</summary>
public sealed class UnifiedPatchFuzzTests
{
    private static readonly byte[][] Seeds =
    [
        .. new[]
        {
            "diff --git a/f b/f\nindex 1234567..89abcde 100644\n--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@ s\n one\n-two\n+2\n\\ No newline at end of file\n",
            "diff --git a/x y b/z w\nsimilarity index 90%\nrename from x y\nrename to z w\n--- a/x y\t\n+++ b/z w\t\n@@ -1 +1 @@\n-x\r\n+y\r\n",
            "diff --git \"a/\\303\\274\" \"b/\\303\\274\"\nold mode 100644\nnew mode 100755\ndiff --git a/e b/e\nnew file mode 100644\nindex 0000000..e69de29\n",
            "diff --git a/f b/f\nnew file mode 120000\n--- /dev/null\n+++ b/f\n@@ -0,0 +1 @@\n+t\n\\ No newline at end of file\ndiff --git a/b b/b\nBinary files a/b and b/b differ\n",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static readonly byte[][] Tokens =
    [
        .. new[] { "diff --git ", "a/", "b/", "\"", "\\", "\n", "\r\n", "@@ -1 +1 @@", ",", "-0,0", "/dev/null", "\t", "rename to ", "new file mode 100644\n", "999999999999", "\0", "\\ No newline at end of file\n" }
            .Select(Encoding.UTF8.GetBytes),
        [0xFF],
    ];

    [Fact]
    public void Damaged_patch_is_read_or_refused_by_its_own_exception()
    {
        var setting = Environment.GetEnvironmentVariable("KFM_FUZZ_SECONDS");
        var seconds = int.TryParse(setting, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 2;
        var started = Stopwatch.GetTimestamp();
        var random = new Random(20260101);
        for (var i = 0; i < 2000 || Stopwatch.GetElapsedTime(started).TotalSeconds < seconds; i++)
        {
            var bytes = Damage([.. Seeds[random.Next(Seeds.Length)]], random);
            try
            {
                var patch = UnifiedPatch.Parse(bytes);
                Assert.NotEmpty(patch.Files);
                Assert.True(patch.Bytes.Span.SequenceEqual(bytes));
            }
            catch (PatchFormatException e)
            {
                Assert.InRange(e.Line, 1, bytes.Count(b => b == '\n') + 2);
            }
        }
    }

    private static byte[] Damage(List<byte> bytes, Random random)
    {
        for (var i = random.Next(1, 6); i > 0 && bytes.Count > 0; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 20)));
                    break;
                case 2:
                    bytes.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, random.Next(1, 60))));
                    break;
            }
        }

        return [.. bytes];
    }
}
