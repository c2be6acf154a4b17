using System.Diagnostics;
using System.Globalization;
using Kfm.Provenance.Manifests;
using Kfm.Provenance.Packaging;
using Kfm.Testing;
using Xunit.Abstractions;

namespace Kfm.Provenance.Tests.Packaging;

/// <summary>
/// Damages zips, tars, gzips, manifests and lists of sums at random. The environment variable KFM_FUZZ_SECONDS makes the run longer than its half second,
/// KFM_FUZZ_SEED repeats one.
/// </summary>
public sealed class ArchiveFuzzTests(ITestOutputHelper output)
{
    private const int DefaultSeed = 20261122;
    private static readonly ArchiveReadOptions Limits = new() { MaxTotalBytes = 4 << 20, MaxEntries = 1000 };

    [Fact]
    public void Damaged_input_gives_an_answer_or_the_exception_of_its_format()
    {
        var seconds = double.Parse(Environment.GetEnvironmentVariable("KFM_FUZZ_SECONDS") ?? "0.5", CultureInfo.InvariantCulture);
        var seed = int.Parse(Environment.GetEnvironmentVariable("KFM_FUZZ_SEED") ?? DefaultSeed.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var (random, inputs) = (new Random(seed), Inputs());
        var (cases, accepted) = (0, 0);
        var (slowest, watch) = (TimeSpan.Zero, Stopwatch.StartNew());
        while (watch.Elapsed.TotalSeconds < seconds)
        {
            var (read, sound) = inputs[random.Next(inputs.Count)];
            var bytes = Damaged(random, sound, inputs[random.Next(inputs.Count)].Bytes);
            var start = watch.Elapsed;
            try
            {
                read(bytes);
                accepted++;
            }
            catch (KfmException)
            {
                // Refused with the exception of its format, which is what a damaged input is for.
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}, case {cases}: {Convert.ToBase64String(bytes)}: {e}");
            }

            slowest = watch.Elapsed - start > slowest ? watch.Elapsed - start : slowest;
            cases++;
        }

        output.WriteLine($"fuzz archives: seed {seed}, {cases} cases, {accepted} accepted, slowest {slowest.TotalMilliseconds:F0} ms, {seconds} s");
        Assert.True(cases > 0);
    }

    private static List<(Action<byte[]> Read, byte[] Bytes)> Inputs()
    {
        ArchiveItem[] items =
        [
            Archives.File("a", "text"), Archives.File("b/ä", new string('x', 3000), isExecutable: true), ArchiveItem.OfLink("b/l", "../a"), Archives.File(new string('n', 200), "long"),
        ];
        var manifest = new ArtifactManifest([new("a", 1, Kfm.Provenance.Digests.Digest.Of([])), new("b", 2, Kfm.Provenance.Digests.Digest.Of([]), true), new("c", 1, Kfm.Provenance.Digests.Digest.Of([]), false, "a")]);
        List<(Action<byte[]>, byte[])> inputs =
        [
            (ReadArchive, Archives.Write(ArchiveKind.Zip, items)),
            (ReadArchive, Archives.Write(ArchiveKind.Zip, new PackOptions { Compression = System.IO.Compression.CompressionLevel.NoCompression }, items)),
            (ReadArchive, Archives.PlatformZip(System.IO.Compression.CompressionLevel.Optimal, ("d/", ""), ("d/ä", "text"))),
            (ReadArchive, Archives.Write(ArchiveKind.Tar, items)),
            (ReadArchive, Archives.Write(ArchiveKind.TarGzip, items)),
            (bytes => ArtifactManifest.Parse(bytes), manifest.ToJson()),
            (bytes => Sha256Sums.Parse(bytes, PathRules.Unix), Sha256Sums.OfManifest(manifest).ToBytes()),
            (bytes => Normalize(bytes, PackageKind.NuGet), Archives.Write(ArchiveKind.Zip, Archives.File("_rels/.rels", "<a><Relationship Type='a' Target='b'/></a>"), Archives.File("package/services/metadata/core-properties/x.psmdcp", "<lastModifiedBy>x</lastModifiedBy>"))),
            (bytes => Normalize(bytes, PackageKind.Jar), Archives.Write(ArchiveKind.Zip, new PackOptions { Compression = System.IO.Compression.CompressionLevel.NoCompression }, Archives.File("META-INF/MANIFEST.MF", "A: b\r\n c\r\n\r\nName: x\r\nY: z\r\n"))),
            (bytes => Normalize(bytes, PackageKind.Gzip), Archives.Write(ArchiveKind.TarGzip, items)),
        ];
        return inputs;
    }

    private static void ReadArchive(byte[] bytes)
    {
        using var archive = ArchiveReader.Open(bytes, Limits);
        var entries = ArtifactManifest.OfArchive(archive, new() { Parallelism = 1 }).Entries.Count;
        Assert.Equal(archive.Entries.Count(e => e.Kind != ArchiveEntryKind.Folder), entries);
    }

    private static void Normalize(byte[] bytes, PackageKind kind)
    {
        using var folder = new TemporaryDirectory();
        PackageNormalizer.Normalize(folder.Write("a", bytes), Stream.Null, kind, limits: Limits);
    }

    // Bytes, bits, fields of four bytes, pieces cut out, doubled or taken from another input; the sums of tar headers are mended half of the time.
    private static byte[] Damaged(Random random, byte[] sound, byte[] other)
    {
        var bytes = sound.ToList();
        for (var n = 1 + random.Next(4); n > 0 && bytes.Count > 8; n--)
        {
            var at = random.Next(bytes.Count - 4);
            var length = Math.Min(1 + random.Next(64), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    var value = BitConverter.GetBytes(new[] { 0, 1, -1, int.MaxValue, int.MinValue, bytes.Count, 0xFFFF }[random.Next(7)]);
                    for (var i = 0; i < 4; i++)
                    {
                        bytes[at + i] = value[i];
                    }

                    break;
                case 3:
                    bytes.RemoveRange(at, length);
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 5:
                    var from = random.Next(other.Length);
                    bytes.InsertRange(at, other.AsSpan(from, Math.Min(length, other.Length - from)).ToArray());
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        var damaged = bytes.ToArray();
        if (random.Next(2) == 0)
        {
            MendTarSums(damaged);
        }

        return damaged;
    }

    private static void MendTarSums(byte[] bytes)
    {
        for (var at = 0; at + 512 <= bytes.Length; at += 512)
        {
            var block = bytes.AsSpan(at, 512);
            if (block[257..].StartsWith("ustar"u8))
            {
                block.Slice(148, 8).Fill((byte)' ');
                var sum = 0;
                foreach (var b in block)
                {
                    sum += b;
                }

                System.Text.Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(block[148..]);
            }
        }
    }
}
