using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Tests.Tampering;

/// <summary>A changed byte in any file is refused, whatever the forger rewrites; KFM_TAMPER_ALL=1 changes every byte.</summary>
[Collection(SharedDemo.Name)]
public sealed class ChangedByteTests(DemoRun demo)
{
    [Theory]
    [InlineData("allowed")]
    [InlineData("review")]
    [InlineData("denied")]
    public Task Changed_byte_is_refused_and_named(string name) => EachAsync(name, _ => { }, named: true);

    [Theory]
    [InlineData("allowed")]
    [InlineData("review")]
    [InlineData("denied")]
    public Task Changed_byte_is_refused_when_the_sums_are_rewritten(string name) => EachAsync(name, Forger.Sum, named: false);

    [Theory]
    [InlineData("allowed")]
    [InlineData("denied")]
    public async Task Changed_byte_under_the_seal_of_a_stranger_is_never_verified(string name)
    {
        using var stranger = EcdsaSigningKey.Create();
        var graph = Forger.Graph(demo.Bundle(name));
        await EachAsync(name, bundle => Forger.Seal(bundle, stranger, graph), named: false);
    }

    [Theory]
    [InlineData("allowed")]
    [InlineData("review")]
    [InlineData("denied")]
    public async Task Changed_byte_under_the_real_seal_is_refused_for_its_proof(string name)
    {
        using var insider = LocalSigningKey.Load(demo.Key("signing"));
        var graph = Forger.Graph(demo.Bundle(name));
        await EachAsync(name, bundle => Forger.Seal(bundle, insider, graph), named: false);
    }

    private async Task EachAsync(string name, Action<string> repair, bool named)
    {
        var files = DirectoryTree.Files(demo.Bundle(name));
        await Parallel.ForEachAsync(files, async (file, _) =>
        {
            var bundle = demo.Copy(name);
            var path = Path.Combine(bundle, file);
            var bytes = await File.ReadAllBytesAsync(path, CancellationToken.None);
            foreach (var position in Positions(file, bytes.Length, named ? 3 : 1))
            {
                var changed = bytes.ToArray();
                changed[position] ^= (byte)(1 << (position % 7));
                await File.WriteAllBytesAsync(path, changed, CancellationToken.None);
                repair(bundle);
                if ((await File.ReadAllBytesAsync(path, CancellationToken.None)).AsSpan().SequenceEqual(bytes))
                {
                    continue;
                }

                Refused.Assert(await demo.VerifyAsync(bundle), $"{name}/{file} byte {position}", named ? file : null);
            }

            Directory.Delete(bundle, recursive: true);
        });
    }

    private static IEnumerable<int> Positions(string file, int length, int sample)
    {
        if (Environment.GetEnvironmentVariable("KFM_TAMPER_ALL") == "1")
        {
            return Enumerable.Range(0, length);
        }

        var random = new Random(file.Length + length);
        return Enumerable.Range(0, sample).Select(_ => random.Next(length)).Append(sample > 1 ? 0 : length - 1).Distinct();
    }
}
